namespace Slipway.Kubernetes.Validation;

/// <summary>What one rung did.</summary>
/// <param name="Rung">Which.</param>
/// <param name="Status">How it ended.</param>
public sealed record RungReport(Rung Rung, RungStatus Status)
{
    /// <summary>The files it looked at; for <see cref="Validation.Rung.Build"/> and <see cref="Validation.Rung.Server"/> the roots.</summary>
    public int Files { get; init; }

    /// <summary>The objects it looked at. An object that several roots build counts once for each.</summary>
    public int Objects { get; init; }

    /// <summary>How many single checks it made.</summary>
    public int Checks { get; init; }

    /// <summary>How many errors it found.</summary>
    public int Errors { get; init; }

    /// <summary>How many warnings it found.</summary>
    public int Warnings { get; init; }

    /// <summary>How long it took. Rungs overlap, so that the sum may be more than the whole.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Why it did not run or is incomplete; null otherwise.</summary>
    public string? Reason { get; init; }
}
