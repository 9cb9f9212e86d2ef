using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>Which signals fit a filter.</summary>
public sealed class SignalFilterTests
{
    private readonly SignalRoom _room = new();

    [Theory]
    [InlineData("name", "x", true)]
    [InlineData("name", "y", false)]
    [InlineData("deep.er.count", 3.0, true)]
    [InlineData("deep.er.count", 3.5, false)]
    [InlineData("deep.list.1", "b", true)]
    [InlineData("deep.list.2", "b", false)]
    [InlineData("deep.list.x", "b", false)]
    [InlineData("flag", true, true)]
    [InlineData("flag", false, false)]
    [InlineData("flag", "true", false)]
    [InlineData("nothing", null, true)]
    [InlineData("missing.at.all", null, true)]
    [InlineData("name", null, false)]
    [InlineData("name.more", "x", false)]
    [InlineData("deep", "x", false)]
    public void Matches_Field_ComparesAtAnyDepth(string path, object? value, bool fits)
    {
        var signal = _room.Publish(new SignalDraft(
            Noted, Json("""{"name":"x","deep":{"er":{"count":3},"list":["a","b"]},"flag":true,"nothing":null}""")));
        SignalValue wanted = value switch { string text => text, double number => number, bool flag => flag, _ => default };

        Assert.Equal(fits, new SignalFilter { Fields = [new SignalField(path, wanted)] }.Matches(signal));
    }

    [Fact]
    public void Matches_SeveralParts_NeedsThemAll()
    {
        var filter = new SignalFilter { Types = [Noted, SignalType.StageCompleted], Senders = ["a", "b"], Fields = [new SignalField("number", 1)] };

        Assert.True(filter.Matches(_room.Publish(Note(1, "a"))));
        Assert.False(filter.Matches(_room.Publish(Note(2, "a"))));
        Assert.False(filter.Matches(_room.Publish(Note(1, "c"))));
        Assert.False(filter.Matches(_room.Publish(new SignalDraft(new SignalType("other"), Json("""{"number":1}""")) { Sender = "a" })));
        Assert.True(new SignalFilter().Matches(_room.Publish(Note())));
    }

    [Fact]
    public void And_OtherFilters_NeedsThemAll()
    {
        var filter = SignalFilter.OfTypes(Noted).And(new SignalFilter { Senders = ["a"] }).And(new SignalFilter { Fields = [new SignalField("number", 1)] });

        Assert.True(filter.Matches(_room.Publish(Note(1, "a"))));
        Assert.False(filter.Matches(_room.Publish(Note(1, "b"))));
        Assert.False(filter.Matches(_room.Publish(Note(2, "a"))));
    }

    [Fact]
    public void Matches_Recipients_CountsBroadcastsIn()
    {
        var filter = new SignalFilter { Recipients = ["a"] };

        Assert.True(filter.Matches(_room.Publish(Note(1, "x", "b", "a"))));
        Assert.False(filter.Matches(_room.Publish(Note(1, "x", "b"))));
        Assert.True(filter.Matches(_room.Publish(Note())));
    }

    [Fact]
    public void Matches_AnyFilter_SaysTheSameOfAPayloadAndOfItsJson() => Check.One(
        Config.QuickThrowOnFailure.WithReplay(20260103, 5).WithMaxTest(300),
        Prop.ForAll(Arb.From(Payloads()), Arb.From(Filters()), (payload, filter) =>
        {
            var typed = _room.Publish(new SignalDraft(payload));
            var json = _room.Publish(new SignalDraft(payload.Type, SignalJson.ToElement(payload)));
            Assert.True(typed.HasNoJsonYet);
            Assert.Equal(filter.Matches(json), filter.Matches(typed));
        }));

    private static Gen<SignalPayload> Payloads() =>
        from agent in Gen.Elements("a", "b")
        from number in Gen.Choose(0, 2)
        from error in Gen.Elements<string?>(null, "x")
        from payload in Gen.Elements<SignalPayload>(
            new AgentInitialized { AgentId = agent, Ready = number > 0, InitializationTimeMs = number },
            new AgentCompleted { AgentId = agent, QualityScore = number / 2.0, Error = error, ResultSummary = error ?? "" },
            new DependencyResolved { DependencyType = agent, DependencyId = error ?? "d", ResolvedBy = agent },
            new InterAgentMessage { MessageType = agent, RequiresResponse = number > 0, ResponseTimeoutMs = number + 1 },
            new StageCompleted { Stage = agent, StepsSucceeded = number, StepsFailed = number, DurationMs = number, Error = error },
            new ErrorRecoveryCompleted { AgentId = agent, Strategy = error ?? "retry", Attempts = number, Recovered = number > 0, Error = error })
        select payload;

    private static Gen<SignalFilter> Filters() =>
        from path in Gen.Elements(
            "agent_id", "ready", "initialization_time_ms", "quality_score", "error", "result_summary", "dependency_type", "dependency_id", "resolved_by",
            "message_type", "message", "requires_response", "response_timeout_ms", "stage", "steps_succeeded", "steps_failed", "duration_ms", "strategy",
            "attempts", "recovered", "capabilities", "payload", "unknown", "artifacts_generated.0")
        from value in Gen.Elements<SignalValue>("a", "x", "", 0, 1, 0.5, true, false, default)
        from agents in Gen.Elements<string[]>([], ["a"], ["system"])
        select new SignalFilter { Fields = [new SignalField(path, value)], Agents = agents };
}
