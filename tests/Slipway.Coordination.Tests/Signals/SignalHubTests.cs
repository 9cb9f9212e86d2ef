using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>Publishing, history, and the life of a coordination.</summary>
public sealed class SignalHubTests
{
    private readonly SignalRoom _room = new();

    private SignalHub Hub => _room.Hub;

    [Fact]
    public void Publish_SoundSignal_GivesItItsPlace()
    {
        _room.Publish(Note());

        var signal = _room.Publish(new SignalDraft(Noted, Json("""{"a":1}""")) { Sender = "writer", Recipients = ["reader"], Metadata = Json("""{"trace":"t"}""") });

        Assert.Equal((2, "build-1/2", Id), (signal.Position, signal.Id, signal.CoordinationId));
        Assert.Equal((Noted, "writer", "reader"), (signal.Type, signal.Sender, Assert.Single(signal.Recipients)));
        Assert.Equal(_room.Clock.GetUtcNow(), signal.Timestamp);
        Assert.Equal(("""{"a":1}""", """{"trace":"t"}"""), (signal.Data.GetRawText(), signal.Metadata.GetRawText()));
    }

    [Fact]
    public void Publish_NothingButAType_HasTheDefaults()
    {
        var signal = _room.Publish(new SignalDraft(Noted));

        Assert.Equal(("system", "{}", "{}"), (signal.Sender, signal.Data.GetRawText(), signal.Metadata.GetRawText()));
        Assert.True(signal.IsBroadcast);
        Assert.Null(signal.ReplyTo);
    }

    [Fact]
    public void Publish_ToSeveralCoordinations_CountsEachByItself()
    {
        Assert.Equal([1L, 1L, 2L], new[] { "a", "b", "a" }.Select(id => Hub.Publish(id, Note()).Signal!.Position));
        Assert.Equal(2, Hub.Coordinations);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData(null)]
    public void Publish_IllFormedType_IsRefusedAndNotCounted(string? name)
    {
        _room.Publish(Note());

        var result = Hub.Publish(Id, new SignalDraft(new SignalType(name!)));

        Assert.Equal("SLW5302", Assert.Single(result.Problems).Code);
        Assert.False(result.IsPublished);
        Assert.Equal(1, Hub.GetMetrics(Id)!.TotalSignalsSent);
    }

    [Fact]
    public void Publish_TypeThatTheHubDoesNotKnow_IsRefused()
    {
        var hub = new SignalHub(new SignalHubOptions { KnownTypes = [Noted] });

        Assert.True(hub.Publish(Id, Note()).IsPublished);
        Assert.True(hub.Publish(Id, new AgentInitialized { AgentId = "a" }).IsPublished);
        var problem = Assert.Single(hub.Publish(Id, new SignalDraft(new SignalType("notes"))).Problems);
        Assert.Equal("SLW5303", problem.Code);
        Assert.Contains("noted", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_SeveralThingsWrong_NamesThemAll()
    {
        var draft = new SignalDraft(new SignalType("?"), Json("[]"))
        {
            Sender = "",
            Recipients = ["fine", "line\nbreak", new string('x', 101)],
            Metadata = Json("1"),
            CorrelationId = "",
            ReplyTo = new string('x', 201),
        };

        var result = Hub.Publish(new string('x', 101), draft);

        Assert.Equal(
            ["SLW5301", "SLW5302", "SLW5304", "SLW5304", "SLW5304", "SLW5306", "SLW5306", "SLW5308", "SLW5308"],
            result.Problems.Select(problem => problem.Code).Order());
        Assert.Equal(0, Hub.Coordinations);
    }

    [Fact]
    public void Publish_TooManyRecipients_IsRefused()
    {
        var recipients = Enumerable.Range(0, 1_001).Select(number => $"a{number}").ToArray();

        Assert.Equal("SLW5305", Assert.Single(Hub.Publish(Id, Note(0, "system", recipients)).Problems).Code);
        Assert.True(Hub.Publish(Id, Note(0, "system", recipients[1..])).IsPublished);
    }

    [Fact]
    public void Publish_RecipientsChangedAfterwards_KeepsTheOnesGiven()
    {
        var recipients = new List<string> { "a" };
        var signal = _room.Publish(new SignalDraft(Noted) { Recipients = recipients });

        recipients[0] = "b";

        Assert.Equal(["a"], signal.Recipients);
    }

    [Fact]
    public void GetHistory_Always_IsNewestFirst()
    {
        _room.PublishNotes(1, 5);

        Assert.Equal([5, 4, 3, 2, 1], Hub.GetHistory(Id).Select(NumberOf));
        Assert.Equal([1, 2, 3, 4, 5], Hub.GetHistory(Id, new SignalHistoryQuery { OldestFirst = true }).Select(NumberOf));
        Assert.Equal([5, 4], Hub.GetHistory(Id, new SignalHistoryQuery { Limit = 2 }).Select(NumberOf));
        Assert.Empty(Hub.GetHistory("unknown"));
    }

    [Fact]
    public void GetHistory_WithFilterAndLimit_CountsWhatFits()
    {
        for (var number = 1; number <= 10; number++) _room.Publish(Note(number, number % 2 == 0 ? "even" : "odd"));

        var query = new SignalHistoryQuery { Filter = new SignalFilter { Senders = ["even"] }, Limit = 2 };

        Assert.Equal([10, 8], Hub.GetHistory(Id, query).Select(NumberOf));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    public void GetHistory_MoreThanItKeeps_KeepsTheNewestAndCountsTheRest(int most)
    {
        var room = new SignalRoom(new SignalHubOptions { MaxHistorySize = most });

        room.PublishNotes(1, 1_000);

        Assert.Equal(Positions(1_001 - most, most), room.Hub.GetHistory(Id, new SignalHistoryQuery { OldestFirst = true }).Select(signal => signal.Position));
        Assert.Equal((1_000L - most, most), (room.Hub.GetMetrics(Id)!.DroppedFromHistory, room.Hub.GetMetrics(Id)!.HistorySize));
        Assert.Equal(1_000, room.Hub.GetLastPosition(Id));
    }

    [Fact]
    public void Complete_Coordination_AcceptsNothingMoreAndKeepsItsHistory()
    {
        _room.PublishNotes(1, 2);

        Assert.True(Hub.Complete(Id));

        Assert.False(Hub.Complete(Id));
        Assert.False(Hub.Complete("unknown"));
        Assert.Equal("SLW5309", Assert.Single(Hub.Publish(Id, Note()).Problems).Code);
        Assert.Equal(2, Hub.GetHistory(Id).Count);
    }

    [Fact]
    public async Task PublishAsync_CompletedCoordination_IsRefused()
    {
        _room.PublishNotes(1, 1);
        Hub.Complete(Id);

        Assert.Equal("SLW5309", Assert.Single((await Hub.PublishAsync(Id, Note())).Problems).Code);
    }

    [Fact]
    public void Remove_Coordination_ForgetsAll()
    {
        _room.PublishNotes(1, 3);

        Assert.True(Hub.Remove(Id));

        Assert.False(Hub.Remove(Id));
        Assert.Null(Hub.GetMetrics(Id));
        Assert.Equal((0, 0), (Hub.GetHistory(Id).Count, Hub.Coordinations));
        Assert.Equal(1, _room.Publish(Note()).Position);
    }

    [Fact]
    public async Task TimeToLive_SilentAndUnsubscribed_IsRemovedWithoutATimer()
    {
        await using var subscription = Hub.Subscribe("watched");
        _room.PublishNotes(1, 3);
        Hub.Publish("done", Note());
        Hub.Complete("done");
        _room.Clock.Advance(TimeSpan.FromHours(23));
        Hub.Publish("young", Note());

        _room.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Null(_room.Clock.NextDue);
        Assert.Null(Hub.GetMetrics(Id));
        Assert.Null(Hub.GetMetrics("done"));
        Assert.NotNull(Hub.GetMetrics("watched"));
        Assert.NotNull(Hub.GetMetrics("young"));
        Assert.Equal(2, Hub.Coordinations);
    }

    [Fact]
    public void TimeToLive_None_KeepsForEver()
    {
        var room = new SignalRoom(new SignalHubOptions { TimeToLive = null });
        room.PublishNotes(1, 1);

        room.Clock.Advance(TimeSpan.FromDays(1_000));

        Assert.Single(room.Hub.GetHistory(Id));
    }

    [Fact]
    public void Restore_RecordedSignals_GoOnWhereTheyEnded()
    {
        _room.PublishNotes(1, 3);
        var recorded = Hub.GetHistory(Id, new SignalHistoryQuery { OldestFirst = true });
        var resumed = new SignalRoom();

        foreach (var signal in recorded) Assert.True(resumed.Hub.Restore(signal));

        Assert.False(resumed.Hub.Restore(recorded[1]));
        Assert.Equal(4, resumed.Publish(Note()).Position);
        Assert.Equal([1, 2, 3, 0], resumed.Hub.GetHistory(Id, new SignalHistoryQuery { OldestFirst = true }).Select(NumberOf));
    }

    [Fact]
    public void Restore_OnlyTheNewest_BeginsThere()
    {
        var seventh = Hub.Prepare(Id, Note(7), 7).Signal!;

        Assert.True(Hub.Restore(seventh));

        Assert.Equal(8, _room.Publish(Note()).Position);
        Assert.Equal((6, 2), (Hub.GetMetrics(Id)!.DroppedFromHistory, Hub.GetMetrics(Id)!.HistorySize));
        Assert.Throws<ArgumentException>(() => Hub.Restore(Hub.Prepare(Id, Note(), 10).Signal!));
    }

    [Fact]
    public void Prepare_Draft_ChecksItAndPublishesNothing()
    {
        Assert.Equal("build-1/5", Hub.Prepare(Id, Note(), 5).Signal!.Id);
        Assert.Equal("SLW5304", Assert.Single(Hub.Prepare(Id, Note(0, ""), 5).Problems).Code);
        Assert.Equal(0, Hub.GetLastPosition(Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000_001)]
    public void Options_OutOfRange_AreRefused(int most) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignalHub(new SignalHubOptions { MaxHistorySize = most }));

    [Fact]
    public void Subscribe_BadOptions_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Hub.Subscribe(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => _room.Subscribe(new SignalSubscriptionOptions { Capacity = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _room.Subscribe(new SignalSubscriptionOptions { AgentId = "" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _room.Subscribe(new SignalSubscriptionOptions { SlowConsumer = (SlowConsumerPolicy)3 }));
        Assert.Equal(0, Hub.Subscriptions);
    }
}
