namespace Slipway.Coordination.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> matters.</summary>
public enum Severity
{
    /// <summary>Nothing that depends on the diagnosed input can go on.</summary>
    Error,

    /// <summary>The result is usable but probably not what was meant.</summary>
    Warning,

    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,
}
