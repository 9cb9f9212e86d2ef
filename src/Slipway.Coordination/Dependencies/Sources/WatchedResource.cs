using System.Globalization;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Dependencies.Sources;

/// <summary>
/// One resource: how available it is, and who waits for it. Whoever marks it wakes them. Where it has a probe, that is asked at the shortest
/// interval of those who wait, once for all of them, and not at all while nobody waits.
/// </summary>
internal sealed class WatchedResource(string id, IResourceProbe? probe, AgentCapacity slots, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private ITimer? _timer;
    private CancellationTokenSource? _asking;
    private double? _availability;
    private long? _toldAt;

    /// <summary>Tells how available it is.</summary>
    public void Mark(double availability)
    {
        lock (_gate) Tell(availability);
    }

    /// <summary>How available it is, as far as anybody told.</summary>
    public string Explain(ResourceMetadata demand)
    {
        lock (_gate) return _availability is { } known ? $"the availability is {Text(known)}, but {Text(demand.AvailabilityThreshold)} is needed" : "nobody told of its availability";
    }

    /// <summary>Asks no more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _asking?.Cancel();
        }
    }

    public Task<DependencyOutcome> WaitAsync(ResourceMetadata demand, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_gate)
        {
            // What a probe once said is not asked again before its interval is over, and not believed after.
            var isBelieved = probe is null || (_toldAt is { } told && time.GetElapsedTime(told) < demand.CheckInterval);
            if (isBelieved && _availability >= demand.AvailabilityThreshold) return Task.FromResult(Available(_availability.Value));
            waiter = new Waiter(demand);
            _waiters.Add(waiter);
            AskWhenDue();
        }

        return WaitAsync(waiter, cancellationToken);
    }

    private static string Text(double availability) => availability.ToString(CultureInfo.InvariantCulture);

    private DependencyOutcome Available(double availability) =>
        DependencyOutcome.Satisfied(new Dictionary<string, string> { ["resolved_by"] = id, ["availability"] = Text(availability) });

    private async Task<DependencyOutcome> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).TrySetCanceled(token), waiter);
        try
        {
            return await waiter.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
                AskWhenDue();
            }

            throw;
        }
    }

    private void Tell(double availability)
    {
        _availability = availability;
        _toldAt = time.GetTimestamp();
        Wake(waiter => availability >= waiter.Demand.AvailabilityThreshold, Available(availability));
        AskWhenDue();
    }

    // Continuations run elsewhere, so that waking under the gate runs nobody's code.
    private void Wake(Predicate<Waiter> which, DependencyOutcome outcome)
    {
        foreach (var waiter in _waiters)
        {
            if (which(waiter)) waiter.TrySetResult(outcome);
        }

        _waiters.RemoveAll(which);
    }

    /// <summary>Sees to it that the probe is asked as soon as it is due, and not any more when nobody waits.</summary>
    private void AskWhenDue()
    {
        if (probe is null) return;
        if (_waiters.Count == 0)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _asking?.Cancel();
            return;
        }

        if (_asking is not null) return;
        var due = _toldAt is { } told ? _waiters.Min(waiter => waiter.Demand.CheckInterval) - time.GetElapsedTime(told) : TimeSpan.Zero;
        if (due <= TimeSpan.Zero)
        {
            _asking = new CancellationTokenSource();
            var token = _asking.Token;
            _ = Task.Run(() => AskAsync(token), CancellationToken.None);
            return;
        }

        _timer ??= time.CreateTimer(static state => ((WatchedResource)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void OnDue()
    {
        lock (_gate) AskWhenDue();
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var answer = double.NaN;
        Failure? failure = null;
        try
        {
            await slots.AcquireAsync(cancellationToken);
            try
            {
                answer = await probe!.ProbeAsync(id, cancellationToken);
                if (!(answer is >= 0 and <= 1)) failure = DependencyProblems.BadAnswer(id, answer);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (Exception exception)
        {
            failure = FailureClassifier.FromException(exception, id) with { Kind = FailureKind.Transient };
        }

        lock (_gate)
        {
            _asking!.Dispose();
            _asking = null;
            // An answer to a question that nobody needed any longer is none; who asks by now asks anew.
            if (failure is null) Tell(answer);
            else if (!cancellationToken.IsCancellationRequested)
            {
                _toldAt = time.GetTimestamp();
                _availability = null;
                Wake(_ => true, DependencyOutcome.Failed(failure));
            }

            AskWhenDue();
        }
    }

    private sealed class Waiter(ResourceMetadata demand) : TaskCompletionSource<DependencyOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public ResourceMetadata Demand => demand;
    }
}
