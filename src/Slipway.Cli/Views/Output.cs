using Slipway.Cli.Hosting;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;

namespace Slipway.Cli.Views;

/// <summary>Where a command prints: data to standard output in the chosen format, talk to standard error.</summary>
internal sealed class Output
{
    private readonly Surroundings _surroundings;

    public Output(Surroundings surroundings, OutputFormat format, Verbosity verbosity, bool noColor)
    {
        _surroundings = surroundings;
        Format = format;
        Verbosity = verbosity;
        var colour = !noColor
            && surroundings.Environment.GetVariable("NO_COLOR") is null or ""
            && surroundings.Environment.GetVariable("TERM") != "dumb";
        Out = new Terminal(surroundings.Out, colour && surroundings.OutIsTerminal);
        Talk = new Terminal(surroundings.Error, colour && surroundings.ErrorIsTerminal);
        IsLive = surroundings.ErrorIsTerminal && surroundings.Environment.GetVariable("TERM") != "dumb" && verbosity != Verbosity.Quiet;
    }

    /// <summary>The chosen format.</summary>
    public OutputFormat Format { get; }

    /// <summary>How much is said.</summary>
    public Verbosity Verbosity { get; }

    /// <summary>Standard output, for people.</summary>
    public Terminal Out { get; }

    /// <summary>Standard error.</summary>
    public Terminal Talk { get; }

    /// <summary>True when progress may be redrawn in place.</summary>
    public bool IsLive { get; }

    /// <summary>Prints a result in the chosen format.</summary>
    public void Write(IView view)
    {
        switch (Format)
        {
            case OutputFormat.Json:
                _surroundings.Out.Write(JsonText.Write(view.ToDocument()));
                break;
            case OutputFormat.Yaml:
                _surroundings.Out.Write(DocumentWriter.Write(view.ToDocument()));
                break;
            case OutputFormat.Sarif:
                _surroundings.Out.Write(((ISarifView)view).ToSarif());
                break;
            default:
                view.WriteHuman(Out);
                break;
        }
    }

    /// <summary>Tells problems on standard error, one line each, worst first; hints only when asked for.</summary>
    public void Tell(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Severity))
        {
            if (diagnostic.Severity == Severity.Info && Verbosity != Verbosity.Verbose) continue;
            if (diagnostic.Severity == Severity.Warning && Verbosity == Verbosity.Quiet) continue;
            Talk.Line(diagnostic.Severity switch
            {
                Severity.Error => Talk.Red(diagnostic.ToString()),
                Severity.Warning => Talk.Yellow(diagnostic.ToString()),
                _ => diagnostic.ToString(),
            });
        }
    }

    /// <summary>Says something in passing, unless quiet.</summary>
    public void Say(string text)
    {
        if (Verbosity != Verbosity.Quiet) Talk.Line(text);
    }
}
