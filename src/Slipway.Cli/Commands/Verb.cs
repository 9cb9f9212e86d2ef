using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;
using Slipway.Cli.Views.Progress;

namespace Slipway.Cli.Commands;

/// <summary>A verb of the command line: arguments, an action of the library, a view.</summary>
internal abstract class Verb : Command
{
    private readonly Surroundings _surroundings;

    protected Verb(string name, string description, Surroundings surroundings, params string[] examples)
        : base(name, description)
    {
        _surroundings = surroundings;
        Examples = examples;
    }

    /// <summary>Command lines that show the verb, without the program's name; help begins with them.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>All that the verb may touch.</summary>
    protected Surroundings Surroundings => _surroundings;

    /// <summary>Makes the place to print to from the options that every verb has.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="format">The verb's format option, or null for a verb that prints for people only.</param>
    protected Output OutputOf(ParseResult arguments, Option<OutputFormat>? format = null) => new(
        _surroundings,
        format is null ? OutputFormat.Table : arguments.GetValue(format),
        arguments.GetValue<bool>("--quiet") ? Verbosity.Quiet : arguments.GetValue<bool>("--verbose") ? Verbosity.Verbose : Verbosity.Normal,
        arguments.GetValue<bool>("--no-color"));

    /// <summary>Makes what shows a run while it goes on; null when nothing is to be said.</summary>
    protected IRunProgress? ProgressOf(Output output) =>
        output.Verbosity == Verbosity.Quiet ? null
        : output.IsLive ? new LiveProgress(output.Talk, Surroundings.Time)
        : new PlainProgress(output.Talk, output.Verbosity == Verbosity.Verbose, Surroundings.Time);
}
