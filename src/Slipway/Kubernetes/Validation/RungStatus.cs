namespace Slipway.Kubernetes.Validation;

/// <summary>How a rung ended.</summary>
public enum RungStatus
{
    /// <summary>Everything was looked at and no error was found; there may be warnings.</summary>
    Passed,

    /// <summary>At least one error was found.</summary>
    Failed,

    /// <summary>No error was found, but something could not be looked at; the reason says what.</summary>
    Incomplete,

    /// <summary>The rung did not run; the reason says why.</summary>
    NotRun,
}
