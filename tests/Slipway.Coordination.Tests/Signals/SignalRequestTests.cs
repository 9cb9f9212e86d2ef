using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>Questions and answers.</summary>
public sealed class SignalRequestTests
{
    private static readonly InterAgentMessage Question = new() { MessageType = "question", Message = "ready?" };
    private static readonly InterAgentMessage Answer = new() { MessageType = "answer", Message = "yes" };
    private readonly SignalRoom _room = new();

    private SignalHub Hub => _room.Hub;

    [Fact]
    public async Task RequestAsync_Answered_GivesTheReply()
    {
        await using var asked = _room.Subscribe(new SignalSubscriptionOptions { AgentId = "b" });
        await using var asker = _room.Subscribe(new SignalSubscriptionOptions { AgentId = "a" });
        var waiting = Hub.RequestAsync(Id, "a", "b", Question);
        Assert.True(asked.TryRead(out var request));

        var answer = (await Hub.ReplyAsync(request, Answer)).Signal!;

        var reply = await waiting;
        Assert.Equal((SignalReplyStatus.Answered, true), (reply.Status, reply.IsAnswered));
        Assert.Same(answer, reply.Reply);
        Assert.Same(request, reply.Request);
        Assert.Equal(("b", "a", request.Id, request.Id), (answer.Sender, Assert.Single(answer.Recipients), answer.ReplyTo, answer.CorrelationId));
        Assert.Equal((true, 5_000), (request.As<InterAgentMessage>().Payload!.RequiresResponse, request.As<InterAgentMessage>().Payload!.ResponseTimeoutMs));
        Assert.Equal([2], Drain(asker));
        Assert.Equal(0, Hub.GetMetrics(Id)!.PendingRequests);
    }

    [Theory]
    [InlineData(null, 5_000)]
    [InlineData(40, 40)]
    public async Task RequestAsync_NobodyAnswersInTime_TimesOutAndLeavesNothing(int? timeout, int expected)
    {
        var waiting = Hub.RequestAsync(Id, "a", "b", Question, timeout is { } given ? TimeSpan.FromMilliseconds(given) : null);
        Assert.Equal(1, Hub.GetMetrics(Id)!.PendingRequests);

        _room.Clock.Advance(TimeSpan.FromMilliseconds(expected - 1));
        Assert.False(waiting.IsCompleted);
        _room.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var reply = await waiting;
        Assert.Equal((SignalReplyStatus.TimedOut, false), (reply.Status, reply.IsAnswered));
        Assert.Equal(0, Hub.GetMetrics(Id)!.PendingRequests);
        Assert.Null(_room.Clock.NextDue);
        Assert.True((await Hub.ReplyAsync(reply.Request!, Answer)).IsPublished);
    }

    [Fact]
    public async Task RequestAsync_MessageWithItsOwnTimeout_HeedsIt()
    {
        var waiting = Hub.RequestAsync(Id, "a", "b", Question with { ResponseTimeoutMs = 10 });

        _room.Clock.Advance(TimeSpan.FromMilliseconds(10));

        Assert.Equal(SignalReplyStatus.TimedOut, (await waiting).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RequestAsync_CoordinationEnds_SaysSo(bool remove)
    {
        var waiting = Hub.RequestAsync(Id, "a", "b", Question);

        if (remove) Hub.Remove(Id);
        else Hub.Complete(Id);

        Assert.Equal(SignalReplyStatus.Ended, (await waiting).Status);
        Assert.Null(_room.Clock.NextDue);
    }

    [Fact]
    public async Task RequestAsync_SomethingWrong_IsRefused()
    {
        var reply = await Hub.RequestAsync(Id, "a", "", Question with { MessageType = "" });

        Assert.Equal(SignalReplyStatus.Refused, reply.Status);
        Assert.Equal(["SLW5304", "SLW5307"], reply.Problems.Select(problem => problem.Code));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Hub.RequestAsync(Id, "a", "b", Question, TimeSpan.Zero));
    }

    [Fact]
    public async Task RequestAsync_Cancelled_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = Hub.RequestAsync(Id, "a", "b", Question, cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, Hub.GetMetrics(Id)!.PendingRequests);
        Assert.Null(_room.Clock.NextDue);
    }

    [Fact]
    public async Task ReplyAsync_Twice_TheFirstIsTheReply()
    {
        var waiting = Hub.RequestAsync(Id, "a", "b", Question);
        var request = Hub.GetHistory(Id)[0];

        await Hub.ReplyAsync(request, Answer);
        await Hub.ReplyAsync(request, Answer with { Message = "no" });

        Assert.Equal("yes", (await waiting).Reply!.As<InterAgentMessage>().Payload!.Message);
        Assert.Equal(3, Hub.GetLastPosition(Id));
    }

    [Fact]
    public async Task ReplyAsync_RequestToSeveral_NeedsToKnowWhoAnswers()
    {
        var request = _room.Publish(new SignalDraft(Question) { Sender = "a", Recipients = ["b", "c"], CorrelationId = "k" });

        await Assert.ThrowsAsync<ArgumentException>(async () => await Hub.ReplyAsync(request, Answer));
        var answer = (await Hub.ReplyAsync(request, Answer, "c")).Signal!;
        Assert.Equal(("c", "k"), (answer.Sender, answer.CorrelationId));
    }
}
