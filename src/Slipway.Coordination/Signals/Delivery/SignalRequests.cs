using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>Requests and replies.</summary>
internal sealed class SignalRequests(SignalHub hub, TimeProvider time)
{
    public static SignalDraft Answer(Signal request, SignalPayload payload, string? sender) => new(payload)
    {
        Sender = sender ?? (request.Recipients is [var asked] ? asked : throw new ArgumentException("Who answers must be named: the request is not addressed to one agent.", nameof(sender))),
        Recipients = [request.Sender],
        CorrelationId = request.CorrelationId ?? request.Id,
        ReplyTo = request.Id,
    };

    public async Task<SignalReply> AskAsync(
        string coordinationId, string sender, string recipient, InterAgentMessage message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (timeout is { } given && (given < TimeSpan.FromMilliseconds(1) || given > TimeSpan.FromDays(1)))
            throw new ArgumentOutOfRangeException(nameof(timeout), given, "A timeout must be 1 ms to a day.");
        var asked = message with
        {
            RequiresResponse = true,
            ResponseTimeoutMs = timeout is { } limit ? (int)limit.TotalMilliseconds : message.ResponseTimeoutMs,
        };
        var pending = new PendingRequest();
        var published = await hub.PublishAsync(
            coordinationId, new SignalDraft(asked) { Sender = sender, Recipients = [recipient] }, pending, cancellationToken);
        if (published.Signal is not { } request) return new SignalReply(SignalReplyStatus.Refused, null, null, published.Problems);
        await using var timer = time.CreateTimer(
            static request => ((PendingRequest)request!).TimeOut(), pending, TimeSpan.FromMilliseconds(asked.ResponseTimeoutMs), Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.UnsafeRegister(static (request, token) => ((PendingRequest)request!).Cancel(token), pending);
        try
        {
            var reply = await pending.Reply;
            var status = reply is not null ? SignalReplyStatus.Answered : pending.IsTimedOut ? SignalReplyStatus.TimedOut : SignalReplyStatus.Ended;
            return new SignalReply(status, request, reply, []);
        }
        finally
        {
            hub.Forget(request);
        }
    }
}
