using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Dependencies;

/// <summary>How one attempt at a dependency ended.</summary>
public sealed record DependencyOutcome
{
    private static readonly Dictionary<string, string> Nothing = [];

    private DependencyOutcome(Failure? failure, IReadOnlyDictionary<string, string> metadata) => (Failure, Metadata) = (failure, metadata);

    /// <summary>Why it is not there; null when it is.</summary>
    public Failure? Failure { get; }

    /// <summary>What is known of how it came.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>It is there.</summary>
    /// <param name="metadata">What is known of how it came; <c>resolved_by</c> names who brought it.</param>
    public static DependencyOutcome Satisfied(IReadOnlyDictionary<string, string>? metadata = null) => new(null, metadata ?? Nothing);

    /// <summary>It is not there.</summary>
    public static DependencyOutcome Failed(Failure failure) => new(failure ?? throw new ArgumentNullException(nameof(failure)), Nothing);
}
