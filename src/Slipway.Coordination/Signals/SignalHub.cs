using Slipway.Coordination.Journal;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Signals.Delivery;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Signals;

/// <summary>
/// Tells agents what happens: whoever publishes under a coordination id reaches all who subscribe to it, in one order that is the same for
/// everybody, now or later. All members are safe to call from many threads.
/// </summary>
/// <remarks>
/// Publishing costs the same however much was published before. Memory is bounded: each coordination keeps its newest
/// <see cref="SignalHubOptions.MaxHistorySize"/> signals once, whatever its subscribers do.
/// <para>
/// Over a store (<see cref="SignalHubOptions.Store"/>), every signal is durable before anybody sees it, signals of other processes arrive
/// as well, and the members that end in <c>Async</c> are the ones to use; <see cref="OpenAsync"/> loads a coordination for those that only
/// look at it.
/// </para>
/// </remarks>
public sealed class SignalHub : IAsyncDisposable
{
    private readonly SignalLogs _logs;
    private readonly SignalFeeds? _feeds;
    private readonly SignalChecks _checks;
    private readonly SignalRequests _requests;
    private readonly TimeProvider _time;
    private readonly CoordinationInstruments? _instruments;

    /// <summary>Makes a hub.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SignalHub(SignalHubOptions? options = null)
    {
        options ??= new SignalHubOptions();
        SignalHubOptions.Validate(options);
        _time = options.Time;
        _instruments = options.Metrics?.Instruments;
        _logs = new SignalLogs(options);
        _feeds = options.Store is { } store ? new SignalFeeds(store, _logs, options) : null;
        _checks = new SignalChecks(options);
        _requests = new SignalRequests(this, _time);
    }

    /// <summary>Coordinations that are kept.</summary>
    public int Coordinations => _logs.Count;

    /// <summary>Subscriptions that are open, of all coordinations.</summary>
    public int Subscriptions => _logs.Subscriptions;

    /// <summary>
    /// Publishes a signal, unless a subscriber that may not miss it (<see cref="SlowConsumerPolicy.Wait"/>) has to catch up first; then the
    /// signal is refused, as is one with something wrong.
    /// </summary>
    /// <param name="coordinationId">The coordination, 1 to 100 characters; it need not have been used before.</param>
    /// <param name="draft">The signal.</param>
    /// <exception cref="InvalidOperationException">The hub has a store.</exception>
    public PublishResult Publish(string coordinationId, SignalDraft draft)
    {
        RefuseOverAStore();
        if (Make(coordinationId, draft, out var signal) is { } refused) return refused;
        while (true)
        {
            switch (_logs.GetOrAdd(coordinationId).TryAppend(signal!))
            {
                case AppendOutcome.Appended: return Sent(signal!);
                case AppendOutcome.Completed: return PublishResult.Refused(SignalProblems.Completed(coordinationId));
                case AppendOutcome.Full: return PublishResult.Refused(SignalProblems.SubscriberFull(coordinationId));
            }
        }
    }

    /// <inheritdoc cref="Publish(string, SignalDraft)"/>
    /// <param name="coordinationId">The coordination.</param>
    /// <param name="payload">One of the library's payloads.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="recipients">Whom it is for; null for everybody.</param>
    public PublishResult Publish(
        string coordinationId, SignalPayload payload, string sender = SignalDraft.DefaultSender, IReadOnlyList<string>? recipients = null) =>
        Publish(coordinationId, new SignalDraft(payload) { Sender = sender, Recipients = recipients ?? [] });

    /// <summary>
    /// Publishes a signal, waiting while a subscriber that may not miss it (<see cref="SlowConsumerPolicy.Wait"/>) has to catch up. Completes
    /// at once when nobody has to. A signal with something wrong is refused.
    /// </summary>
    /// <param name="coordinationId">The coordination, 1 to 100 characters; it need not have been used before.</param>
    /// <param name="draft">The signal.</param>
    /// <param name="cancellationToken">Ends the wait; then the signal was not published.</param>
    public ValueTask<PublishResult> PublishAsync(string coordinationId, SignalDraft draft, CancellationToken cancellationToken = default) =>
        PublishAsync(coordinationId, draft, request: null, cancellationToken);

    /// <inheritdoc cref="PublishAsync(string, SignalDraft, CancellationToken)"/>
    /// <param name="coordinationId">The coordination.</param>
    /// <param name="payload">One of the library's payloads.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="recipients">Whom it is for; null for everybody.</param>
    /// <param name="cancellationToken">Ends the wait; then the signal was not published.</param>
    public ValueTask<PublishResult> PublishAsync(
        string coordinationId,
        SignalPayload payload,
        string sender = SignalDraft.DefaultSender,
        IReadOnlyList<string>? recipients = null,
        CancellationToken cancellationToken = default) =>
        PublishAsync(coordinationId, new SignalDraft(payload) { Sender = sender, Recipients = recipients ?? [] }, cancellationToken);

    /// <summary>Makes a signal for a position without publishing it, so that it can be recorded first and then given to <see cref="Restore"/>.</summary>
    /// <param name="coordinationId">The coordination.</param>
    /// <param name="draft">The signal.</param>
    /// <param name="position">Its position, at least 1: the one after the newest.</param>
    public PublishResult Prepare(string coordinationId, SignalDraft draft, long position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        if (Make(coordinationId, draft, out var signal) is { } refused) return refused;
        signal!.PlaceAt(position, publishedAt: 0);
        return PublishResult.Of(signal);
    }

    /// <summary>
    /// Puts a signal where it belongs that has its position already: one that was recorded elsewhere. It never waits, and a completed
    /// coordination takes it too. The first one of an unused coordination may have any position.
    /// </summary>
    /// <returns>False when the coordination has that position already.</returns>
    /// <exception cref="ArgumentException">Signals before it are missing.</exception>
    /// <exception cref="InvalidOperationException">The hub has a store.</exception>
    public bool Restore(Signal signal)
    {
        RefuseOverAStore();
        return _logs.GetOrAdd(signal.CoordinationId).Restore(signal);
    }

    /// <summary>Waits for subscribers that must catch up before a signal can be published.</summary>
    internal async ValueTask WaitForRoomAsync(string coordinationId, SignalDraft draft, CancellationToken cancellationToken)
    {
        if (Make(coordinationId, draft, out var signal) is null) await _logs.GetOrAdd(coordinationId).WaitForRoomAsync(signal!, cancellationToken);
    }

    /// <summary>Loads a coordination's newest signals from the store and watches for more. Without a store there is nothing to do.</summary>
    public async ValueTask OpenAsync(string coordinationId, CancellationToken cancellationToken = default)
    {
        if (_feeds is not null) await _feeds.OpenAsync(coordinationId, cancellationToken);
    }

    /// <summary>Subscribes. What is published from now on reaches the subscription even before it is first read.</summary>
    /// <param name="coordinationId">The coordination, 1 to 100 characters; it need not have been used before.</param>
    /// <param name="options">Which signals, from where, and for whom; null for all that are published to everybody from now on.</param>
    /// <returns>The subscription. Read it or dispose of it: one that nobody reads holds up publishers when it is full.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The hub has a store.</exception>
    public SignalSubscription Subscribe(string coordinationId, SignalSubscriptionOptions? options = null)
    {
        RefuseOverAStore();
        options = Check(coordinationId, options);
        while (true)
        {
            var log = _logs.GetOrAdd(coordinationId);
            if (log.Open(options) is { } cursor) return new SignalSubscription(log, cursor);
        }
    }

    /// <inheritdoc cref="Subscribe"/>
    /// <summary>Subscribes, and over a store can begin with signals that history keeps no more.</summary>
    /// <param name="coordinationId">The coordination, 1 to 100 characters; it need not have been used before.</param>
    /// <param name="options">Which signals, from where, and for whom; null for all that are published to everybody from now on.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async ValueTask<SignalSubscription> SubscribeAsync(
        string coordinationId, SignalSubscriptionOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (_feeds is null) return Subscribe(coordinationId, options);
        options = Check(coordinationId, options);
        while (true)
        {
            var log = await _feeds.OpenAsync(coordinationId, cancellationToken);
            if (log.Open(options) is not { } cursor) continue;
            if (cursor.Missing > 0) cursor.ReadFirst(_feeds.Replay(coordinationId, options.From.Position, options.From.Position + cursor.Missing));
            return new SignalSubscription(log, cursor);
        }
    }

    /// <summary>The signals that are kept. Publishers are not held up while filters are applied.</summary>
    /// <param name="coordinationId">The coordination; an unknown one has none.</param>
    /// <param name="query">Which ones; null for all, newest first.</param>
    public IReadOnlyList<Signal> GetHistory(string coordinationId, SignalHistoryQuery? query = null)
    {
        query ??= new SignalHistoryQuery();
        if (query.Limit is { } limit) ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(query));
        IEnumerable<Signal> signals = _logs.Get(coordinationId)?.ToArray() ?? [];
        if (!query.OldestFirst) signals = signals.Reverse();
        if (query.Filter is { } filter) signals = signals.Where(filter.Matches);
        return [.. query.Limit is { } most ? signals.Take(most) : signals];
    }

    /// <summary>What a coordination's signals did so far.</summary>
    /// <returns>Null for an unknown coordination.</returns>
    public SignalMetrics? GetMetrics(string coordinationId) => _logs.Get(coordinationId)?.GetMetrics();

    /// <summary>The newest position of a coordination; 0 when nothing was published there.</summary>
    public long GetLastPosition(string coordinationId) => _logs.Get(coordinationId)?.LastPosition ?? 0;

    /// <summary>
    /// Sends a message to an agent and waits for its reply, which it gives with <see cref="ReplyAsync"/>. The request is a signal like any
    /// other: it has its place in the order and in history.
    /// </summary>
    /// <param name="coordinationId">The coordination.</param>
    /// <param name="sender">Who asks.</param>
    /// <param name="recipient">Who is to answer.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait, 1 ms to a day; null for the message's own <see cref="InterAgentMessage.ResponseTimeoutMs"/>, by default 5 s.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The reply, or how the wait ended without one.</returns>
    public Task<SignalReply> RequestAsync(
        string coordinationId,
        string sender,
        string recipient,
        InterAgentMessage message,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        _requests.AskAsync(coordinationId, sender, recipient, message, timeout, cancellationToken);

    /// <summary>Answers a request. Only the first answer reaches the one who asked as the reply; every answer is a signal.</summary>
    /// <param name="request">The request.</param>
    /// <param name="payload">The answer.</param>
    /// <param name="sender">Who answers; null for the recipient of the request.</param>
    /// <param name="cancellationToken">Ends the wait for slow subscribers.</param>
    public ValueTask<PublishResult> ReplyAsync(
        Signal request, SignalPayload payload, string? sender = null, CancellationToken cancellationToken = default) =>
        PublishAsync(request.CoordinationId, SignalRequests.Answer(request, payload, sender), cancellationToken);

    /// <summary>
    /// Ends a coordination: its subscriptions end once they have given all that was published, and nothing more is accepted. Its history stays
    /// until it is removed or its time to live has passed.
    /// </summary>
    /// <returns>False when it is unknown or had ended already.</returns>
    /// <exception cref="InvalidOperationException">The hub has a store.</exception>
    public bool Complete(string coordinationId)
    {
        RefuseOverAStore();
        return _logs.Get(coordinationId)?.Complete() ?? false;
    }

    /// <inheritdoc cref="Complete"/>
    public ValueTask<bool> CompleteAsync(string coordinationId, CancellationToken cancellationToken = default) =>
        _feeds?.CompleteAsync(coordinationId, cancellationToken) ?? ValueTask.FromResult(Complete(coordinationId));

    /// <summary>Forgets a coordination with its history and metrics, and ends its subscriptions at once.</summary>
    /// <returns>False when it is unknown.</returns>
    /// <exception cref="InvalidOperationException">The hub has a store.</exception>
    public bool Remove(string coordinationId)
    {
        RefuseOverAStore();
        return _logs.Remove(coordinationId);
    }

    /// <inheritdoc cref="Remove"/>
    /// <summary>Forgets a coordination with its history and metrics, in the store too, and ends its subscriptions at once.</summary>
    public ValueTask<bool> RemoveAsync(string coordinationId, CancellationToken cancellationToken = default) =>
        _feeds?.RemoveAsync(coordinationId, cancellationToken) ?? ValueTask.FromResult(Remove(coordinationId));

    /// <summary>Removes signals from the store that are older than a time, but never the newest one; history in memory keeps what it has. Without a store there is nothing to do.</summary>
    /// <param name="coordinationId">The coordination.</param>
    /// <param name="olderThan">The age, 0 or more.</param>
    /// <param name="cancellationToken">Ends the looking for them.</param>
    /// <returns>How many were removed.</returns>
    public ValueTask<long> PruneAsync(string coordinationId, TimeSpan olderThan, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(olderThan, TimeSpan.Zero);
        return _feeds?.PruneAsync(coordinationId, _time.GetUtcNow() - olderThan, cancellationToken) ?? ValueTask.FromResult(0L);
    }

    /// <summary>Ends all subscriptions and forgets all coordinations; a store keeps its own.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_feeds is not null) await _feeds.EndAsync();
        _logs.Clear();
    }

    internal ValueTask<PublishResult> PublishAsync(
        string coordinationId, SignalDraft draft, PendingRequest? request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<PublishResult>(cancellationToken);
        if (Make(coordinationId, draft, out var signal) is { } refused) return ValueTask.FromResult(refused);
        if (_feeds is not null) return PublishToStoreAsync(signal!, request, cancellationToken);
        var append = _logs.GetOrAdd(coordinationId).AppendAsync(signal!, request, cancellationToken);
        return append is { IsCompletedSuccessfully: true, Result: AppendOutcome.Appended }
            ? ValueTask.FromResult(Sent(signal!))
            : FinishAsync(append, signal!, request, cancellationToken);
    }

    /// <summary>Counts a signal that was published.</summary>
    internal PublishResult Sent(Signal signal)
    {
        _instruments?.SignalsSent.Record(1, signal.CoordinationId, signal.Sender);
        return PublishResult.Of(signal);
    }

    internal void Forget(Signal request) => _logs.Get(request.CoordinationId)?.Forget(request.Id);

    private async ValueTask<PublishResult> PublishToStoreAsync(Signal signal, PendingRequest? request, CancellationToken cancellationToken)
    {
        var result = await _feeds!.PublishAsync(signal, request, cancellationToken);
        return result.Signal is { } stored ? Sent(stored) : result;
    }

    private async ValueTask<PublishResult> FinishAsync(
        ValueTask<AppendOutcome> append, Signal signal, PendingRequest? request, CancellationToken cancellationToken)
    {
        var outcome = await append;
        while (outcome is AppendOutcome.Removed) outcome = await _logs.GetOrAdd(signal.CoordinationId).AppendAsync(signal, request, cancellationToken);
        return outcome is AppendOutcome.Appended
            ? Sent(signal)
            : PublishResult.Refused(SignalProblems.Completed(signal.CoordinationId));
    }

    private static SignalSubscriptionOptions Check(string coordinationId, SignalSubscriptionOptions? options)
    {
        if (!SignalChecks.IsName(coordinationId)) throw new ArgumentException(SignalProblems.BadCoordinationId().ToString(), nameof(coordinationId));
        options ??= new SignalSubscriptionOptions();
        SignalSubscriptionOptions.Validate(options);
        return options;
    }

    private void RefuseOverAStore()
    {
        if (_feeds is not null) throw new InvalidOperationException("This hub has a store; use the asynchronous member.");
    }

    private PublishResult? Make(string coordinationId, SignalDraft draft, out Signal? signal)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var problems = _checks.Find(coordinationId, draft, out var payload);
        signal = problems is null ? new Signal(coordinationId, draft, JournalTime.Now(_time), payload) : null;
        return problems is null ? null : PublishResult.Refused(problems);
    }
}
