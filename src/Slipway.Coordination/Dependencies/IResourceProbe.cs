namespace Slipway.Coordination.Dependencies;

/// <summary>Asks a resource that does not tell by itself how available it is. There is one probe at a time for each resource, however many wait.</summary>
public interface IResourceProbe
{
    /// <summary>Asks.</summary>
    /// <param name="resourceId">The resource.</param>
    /// <param name="cancellationToken">Ends the question, because nobody waits any longer.</param>
    /// <returns>How available it is, 0 to 1. An exception is an attempt that failed, and counts against the retries of all who wait.</returns>
    ValueTask<double> ProbeAsync(string resourceId, CancellationToken cancellationToken);
}
