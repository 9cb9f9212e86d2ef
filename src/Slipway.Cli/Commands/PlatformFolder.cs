using System.CommandLine;
using Slipway.Cli.Hosting;

namespace Slipway.Cli.Commands;

/// <summary>The platform's folder, which a verb takes as its argument or as <c>--dir</c>.</summary>
internal sealed class PlatformFolder
{
    private readonly Surroundings _surroundings;
    private readonly Argument<string?> _argument;
    private readonly Option<string?> _option = new("--dir", "-C") { Description = "The same as an option", HelpName = "dir" };

    public PlatformFolder(Surroundings surroundings, string description = "The platform's folder, the one with slipway.yaml")
    {
        _surroundings = surroundings;
        _argument = new Argument<string?>("dir") { Description = $"{description}; default: the working directory", Arity = ArgumentArity.ZeroOrOne };
    }

    /// <summary>Gives a verb the argument and the option.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_argument);
        verb.Add(_option);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(_argument) is { } argument && result.GetValue(_option) is { } option && argument != option)
                result.AddError($"the folder is given twice, as '{argument}' and as --dir '{option}'");
        });
    }

    /// <summary>The folder as the user named it.</summary>
    public string Of(ParseResult arguments) =>
        arguments.GetValue(_argument) ?? arguments.GetValue(_option) ?? _surroundings.Environment.GetVariable("SLIPWAY_DIR") ?? ".";
}
