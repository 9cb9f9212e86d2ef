using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>Priorities are said in the metadata: consumers see and filter them, and the order stays.</summary>
public sealed class SignalPriorityTests : IAsyncDisposable
{
    private static readonly SignalDraft Note = new(new SignalType("note"));
    private readonly SignalHub _hub = new();

    [Fact]
    public void Priority_OfADraft_IsThatOfItsSignalAndKeepsTheOtherMetadata()
    {
        var signal = _hub.Publish("c", (Note with { Metadata = Json("""{"trace":"x","priority":2}""") }).WithPriority(8)).Signal!;

        Assert.Equal(8, SignalPriority.Of(signal));
        Assert.Equal("""{"trace":"x","priority":8}""", signal.Metadata.GetRawText());
    }

    [Fact]
    public void Priority_NotSaid_IsFive() => Assert.Equal(5, SignalPriority.Of(_hub.Publish("c", Note).Signal!));

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void WithPriority_OutOfRange_IsMisuse(int priority) => Assert.Throws<ArgumentOutOfRangeException>(() => Note.WithPriority(priority));

    [Theory]
    [InlineData("0")]
    [InlineData("11")]
    [InlineData("2.5")]
    [InlineData("\"high\"")]
    [InlineData("null")]
    public void Publish_MetadataWithAnotherPriority_IsRefused(string priority) =>
        Assert.Equal("SLW5313", Assert.Single(_hub.Publish("c", Note with { Metadata = Json($$"""{"priority":{{priority}}}""") }).Problems).Code);

    [Fact]
    public async Task Filter_ByPriority_GivesTheUrgentOnesInTheOrderOfPublishing()
    {
        foreach (var priority in (int[])[3, 9, 1, 8, 10]) _hub.Publish("c", Note.WithPriority(priority));
        _hub.Publish("c", Note);
        _hub.Complete("c");
        var filter = new SignalFilter { MinPriority = 8 };

        var seen = new List<int>();
        await foreach (var signal in _hub.Subscribe("c", new SignalSubscriptionOptions { From = SignalStart.Beginning, Filter = filter })) seen.Add(SignalPriority.Of(signal));

        Assert.Equal([9, 8, 10], seen);
        Assert.Equal([5, 10, 8, 9], _hub.GetHistory("c", new SignalHistoryQuery { Filter = new SignalFilter { MinPriority = 5 } }).Select(SignalPriority.Of));
    }

    [Fact]
    public void Publish_MoreThanASignalMayHave_IsRefusedWithItsSize()
    {
        var hub = new SignalHub(new SignalHubOptions { MaxSignalBytes = 1024 });
        var text = new string('x', 2000);
        SignalDraft[] tooLarge =
        [
            new(new SignalType("note"), Json($$"""{"text":"{{text}}"}""")),
            Note with { Metadata = Json($$"""{"text":"{{text}}"}""") },
            new(new AgentCompleted { AgentId = "a", ResultSummary = text }),
            new(new AgentCompleted { AgentId = "a", Error = text }),
            new(new AgentCompleted { AgentId = "a", ArtifactsGenerated = [.. Enumerable.Repeat(new string('x', 100), 20)] }),
            new(new InterAgentMessage { MessageType = "m", Payload = Json($$"""{"text":"{{text}}"}""") }),
        ];

        Assert.All(tooLarge, draft => Assert.Equal("SLW5312", Assert.Single(hub.Publish("c", draft).Problems).Code));
        Assert.True(hub.Publish("c", new SignalDraft(new AgentCompleted { AgentId = "a", ResultSummary = text[..1000] })).IsPublished);
        Assert.Equal(1, hub.GetMetrics("c")!.TotalSignalsSent);
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public void Options_SignalOfAMebibyte_IsTheDefault()
    {
        Assert.Equal(1 << 20, new SignalHubOptions().MaxSignalBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignalHub(new SignalHubOptions { MaxSignalBytes = 1 }));
    }
}
