namespace Slipway.Platform;

/// <summary>What a workload must reach; everything else is denied.</summary>
/// <param name="Services">Names of other workloads, including those whose addresses it takes; ordered, without repetition.</param>
/// <param name="Database">The database.</param>
/// <param name="Cache">The cache.</param>
/// <param name="Aws">AWS services by HTTPS (S3, Secrets Manager, …).</param>
/// <param name="External">Anything else.</param>
public sealed record EgressNeeds(
    IReadOnlyList<string> Services,
    bool Database,
    bool Cache,
    bool Aws,
    IReadOnlyList<ExternalDestination> External)
{
    /// <summary>Nothing.</summary>
    public static EgressNeeds None { get; } = new([], false, false, false, []);
}
