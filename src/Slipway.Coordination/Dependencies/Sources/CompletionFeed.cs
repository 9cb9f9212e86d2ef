using System.Text.Json;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Dependencies.Sources;

/// <summary>
/// Follows the signals of one type of a coordination from its first one, and wakes who waits for an agent they tell of. What came before
/// the wait counts as well.
/// </summary>
internal sealed class CompletionFeed
{
    private const int MostWaiting = 10_000;

    private readonly SignalSubscription _subscription;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Completion> _newest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Waiter>> _waiters = new(StringComparer.Ordinal);
    private bool _hasEnded;

    public CompletionFeed(SignalHub hub, string coordinationId, SignalType type)
    {
        _subscription = hub.Subscribe(coordinationId, new SignalSubscriptionOptions
        {
            Filter = SignalFilter.OfTypes(type),
            IncludeAddressed = true,
            From = SignalStart.Beginning,
            Capacity = MostWaiting,
        });
        _ = Task.Run(FollowAsync);
    }

    /// <summary>Waits for the end of an agent. Where it has ended, the newest end is there at once.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Completion> WaitAsync(string agentId, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (_newest.TryGetValue(agentId, out var known)) return Task.FromResult(known);
            if (_hasEnded) return Task.FromResult(NeverAgain(agentId));
            waiter = new Waiter();
            if (!_waiters.TryGetValue(agentId, out var waiters)) _waiters.Add(agentId, waiters = []);
            waiters.Add(waiter);
        }

        return WaitAsync(agentId, waiter, cancellationToken);
    }

    /// <summary>Stops following; who waits is told that nothing will come.</summary>
    public void Close() => _ = _subscription.DisposeAsync().AsTask();

    private static Completion NeverAgain(string agentId) => new("", DependencyProblems.Ended(agentId));

    /// <summary>What a signal says went wrong; null when nothing did.</summary>
    private static string? ErrorOf(Signal signal)
    {
        if (signal.Payload is AgentCompleted completed) return completed.Error;
        if (signal.Data.ValueKind is not JsonValueKind.Object || !signal.Data.TryGetProperty("error", out var error)) return null;
        return error.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False => null,
            JsonValueKind.String => error.GetString(),
            _ => error.GetRawText(),
        };
    }

    private async Task<Completion> WaitAsync(string agentId, Waiter waiter, CancellationToken cancellationToken)
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
                if (_waiters.TryGetValue(agentId, out var waiters) && waiters.Remove(waiter) && waiters.Count == 0) _waiters.Remove(agentId);
            }

            throw;
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            await foreach (var signal in _subscription) Take(signal);
        }
        finally
        {
            lock (_gate)
            {
                _hasEnded = true;
                foreach (var (agent, waiters) in _waiters) Wake(waiters, NeverAgain(agent));
                _waiters.Clear();
            }
        }
    }

    private void Take(Signal signal)
    {
        var agent = signal.Agent ?? signal.Sender;
        var error = ErrorOf(signal);
        var completion = new Completion(signal.Id, error is null ? null : DependencyProblems.AgentFailed(agent, error));
        lock (_gate)
        {
            _newest[agent] = completion;
            if (_waiters.Remove(agent, out var waiters)) Wake(waiters, completion);
        }
    }

    // Continuations run elsewhere, so that waking under the gate runs nobody's code.
    private static void Wake(List<Waiter> waiters, Completion completion)
    {
        foreach (var waiter in waiters) waiter.TrySetResult(completion);
    }

    private sealed class Waiter() : TaskCompletionSource<Completion>(TaskCreationOptions.RunContinuationsAsynchronously);
}
