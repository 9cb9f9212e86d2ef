using Slipway.Coordination.Diagnostics;

namespace Slipway.Telemetry;

/// <summary>Metrics could not be brought to where they belong.</summary>
public sealed class TelemetryException : Exception
{
    /// <summary>A failure that says what is wrong; its message is the diagnostic without its fix.</summary>
    /// <param name="diagnostic">What is wrong, and what to do about it.</param>
    /// <param name="innerException">What led to it, or null.</param>
    public TelemetryException(Diagnostic diagnostic, Exception? innerException = null)
        : base($"{diagnostic.Code}: {diagnostic.Summary}{(diagnostic.Detail is { } detail ? $"; {detail}" : "")}", innerException) => Diagnostic = diagnostic;

    /// <summary>What is wrong, and what to do about it.</summary>
    public Diagnostic Diagnostic { get; }
}
