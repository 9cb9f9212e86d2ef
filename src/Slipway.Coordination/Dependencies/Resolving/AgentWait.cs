using Microsoft.Extensions.Logging;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Dependencies.Resolving;

/// <summary>The wait of one agent for all its dependencies at once. The first that will not come ends the wait for the others.</summary>
internal sealed class AgentWait(
    DependencySession session,
    string agentId,
    IReadOnlyDictionary<DependencyKind, IDependencySource> sources,
    DependencyResolverOptions options)
{
    private const string Sender = "dependency_resolver";
    private static readonly Random NoSpread = new(0);
    private string? _missing;

    public async Task<IReadOnlyList<DependencyResult>> RunAsync(IReadOnlyList<Dependency> dependencies, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Closed);
        var waits = new Task<DependencyResult>[dependencies.Count];
        for (var i = 0; i < waits.Length; i++) waits[i] = ResolveAsync(dependencies[i], stop, cancellationToken);
        var results = await Task.WhenAll(waits);
        cancellationToken.ThrowIfCancellationRequested();
        return results;
    }

    private async Task<DependencyResult> ResolveAsync(Dependency dependency, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        var start = options.Time.GetTimestamp();
        var attempts = new Attempts();
        DependencyOutcome outcome;
        var isTimeout = false;
        using (var timeout = new CancellationTokenSource(dependency.Timeout, options.Time))
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, timeout.Token))
        {
            try
            {
                outcome = await TryAsync(dependency, attempts, end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                isTimeout = !stop.IsCancellationRequested;
                outcome = DependencyOutcome.Failed(
                    isTimeout ? DependencyProblems.TimedOut(dependency, attempts.LastFailure?.Message ?? sources[dependency.Kind].Explain(WaitOf(dependency, attempts)))
                    : cancellationToken.IsCancellationRequested ? DependencyProblems.Cancelled()
                    : _missing is { } missing ? DependencyProblems.GivenUp(missing)
                    : DependencyProblems.Ended(dependency.Target));
            }
        }

        if (outcome.Failure is not null && Interlocked.CompareExchange(ref _missing, dependency.Id, null) is null) await stop.CancelAsync();
        var result = session.Set(agentId, dependency.Id, result => result with
        {
            Status = outcome.Failure is null ? DependencyStatus.Resolved : isTimeout ? DependencyStatus.Timeout : DependencyStatus.Failed,
            Duration = options.Time.GetElapsedTime(start),
            Attempts = attempts.Count,
            Failure = outcome.Failure,
            ResolvedAt = outcome.Failure is null ? options.Time.GetUtcNow() : null,
            Metadata = outcome.Metadata,
        });
        options.Metrics?.Instruments.ResolutionTime(result.Status).Record(result.Duration, session.Id, agentId);
        if (result.Success) await PublishAsync(dependency, result);
        return result;
    }

    /// <summary>Makes attempts until one succeeds, one fails for good or the retries are used up.</summary>
    private async Task<DependencyOutcome> TryAsync(Dependency dependency, Attempts attempts, CancellationToken cancellationToken)
    {
        var source = sources[dependency.Kind];
        var retry = new RetryPolicy { MaxRetries = dependency.MaxRetries, Jitter = 0 };
        while (true)
        {
            attempts.Count++;
            session.Set(agentId, dependency.Id, result => result with { Status = DependencyStatus.InProgress, Attempts = attempts.Count });
            var outcome = await AttemptAsync(source, WaitOf(dependency, attempts), cancellationToken);
            if (outcome.Failure is not { IsRetryable: true } failure || attempts.Count > dependency.MaxRetries) return outcome;
            attempts.LastFailure = failure;
            var delay = retry.DelayBefore(attempts.Count, failure.RetryAfter, NoSpread);
            options.Logger.LogDebug("Attempt {Attempt} at dependency {Dependency} of {Agent} failed: {Message}; the next one in {Delay}", attempts.Count, dependency.Id, agentId, failure.Message, delay);
            await Task.Delay(delay, options.Time, cancellationToken);
        }
    }

    private static async Task<DependencyOutcome> AttemptAsync(IDependencySource source, DependencyWait wait, CancellationToken cancellationToken)
    {
        try
        {
            // A source that does not heed the token must not hold the agent beyond its timeout.
            return await source.WaitAsync(wait, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return DependencyOutcome.Failed(FailureClassifier.FromException(exception, wait.Dependency.Target));
        }
    }

    private DependencyWait WaitOf(Dependency dependency, Attempts attempts) => new(session.Id, agentId, dependency, attempts.Count);

    private async ValueTask PublishAsync(Dependency dependency, DependencyResult result)
    {
        if (!options.PublishResolutions) return;
        var payload = new DependencyResolved
        {
            DependencyType = dependency.Kind.Name,
            DependencyId = dependency.Id,
            ResolvedBy = result.Metadata.GetValueOrDefault("resolved_by", dependency.Target),
        };
        var published = await session.PublishAsync(new SignalDraft(payload) { Sender = Sender });
        if (!published.IsPublished) options.Logger.LogWarning("The resolution of {Dependency} was not published: {Problem}", dependency.Id, published.Problems[0].Summary);
    }

    private sealed class Attempts
    {
        public int Count { get; set; }

        public Failure? LastFailure { get; set; }
    }
}
