using Slipway.Coordination.Agents;
using Slipway.Workspace;

namespace Slipway.Cli.Hosting;

/// <summary>All that a command may touch outside itself. Tests put their own in place.</summary>
internal sealed record Surroundings
{
    /// <summary>The disk.</summary>
    public required IFileSystem Files { get; init; }

    /// <summary>Other programs.</summary>
    public required IProcessRunner Processes { get; init; }

    /// <summary>How this program is called, for whoever starts it again. Default: null, not known.</summary>
    public ProcessCommand? Self { get; init; }

    /// <summary>Variables and the working directory.</summary>
    public required IEnvironment Environment { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Who can do steps of runs that other programs made. Default: nobody.</summary>
    public AgentRegistry Agents { get; init; } = new();

    /// <summary>Data.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Talk and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>True when talk goes to a terminal that can redraw.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>True when data goes to a terminal.</summary>
    public bool OutIsTerminal { get; init; }
}
