using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals.Payloads;

/// <summary>The six payloads, as types and as JSON.</summary>
public sealed class SignalPayloadTests
{
    private readonly SignalRoom _room = new();

    /// <summary>Each payload with everything set, and its JSON form.</summary>
    public static TheoryData<SignalPayload, string> Full => new()
    {
        {
            new AgentInitialized { AgentId = "a", Capabilities = ["x", "y"], Ready = false, InitializationTimeMs = 1.5 },
            """{"agent_id":"a","capabilities":["x","y"],"ready":false,"initialization_time_ms":1.5}"""
        },
        {
            new AgentCompleted { AgentId = "a", ResultSummary = "fine", QualityScore = 0.25, ExecutionTimeMs = 12, ArtifactsGenerated = ["f"], Error = "e" },
            """{"agent_id":"a","result_summary":"fine","quality_score":0.25,"execution_time_ms":12,"artifacts_generated":["f"],"error":"e"}"""
        },
        {
            new DependencyResolved { DependencyType = "resource_availability", DependencyId = "d", ResolvedBy = "r", ResolutionData = Json("""{"k":[1]}""") },
            """{"dependency_type":"resource_availability","dependency_id":"d","resolved_by":"r","resolution_data":{"k":[1]}}"""
        },
        {
            new InterAgentMessage { MessageType = "ask", Message = "when?", RequiresResponse = true, ResponseTimeoutMs = 7, Payload = Json("""{"k":1}""") },
            """{"message_type":"ask","message":"when?","requires_response":true,"response_timeout_ms":7,"payload":{"k":1}}"""
        },
        {
            new StageCompleted { Stage = "tests", StepsSucceeded = 3, StepsFailed = 1, DurationMs = 2.5, Error = "one failed" },
            """{"stage":"tests","steps_succeeded":3,"steps_failed":1,"duration_ms":2.5,"error":"one failed"}"""
        },
        {
            new ErrorRecoveryCompleted { AgentId = "a", Strategy = "retry", Recovered = false, Attempts = 2, DurationMs = 9, Error = "e" },
            """{"agent_id":"a","strategy":"retry","recovered":false,"attempts":2,"duration_ms":9,"error":"e"}"""
        },
    };

    /// <summary>The least that each type needs, and what the rest is then.</summary>
    public static TheoryData<string, string, string> Least => new()
    {
        { "agent_initialized", """{"agent_id":"a"}""", """{"agent_id":"a","capabilities":[],"ready":true,"initialization_time_ms":0}""" },
        { "agent_completed", """{"agent_id":"a"}""", """{"agent_id":"a","result_summary":"","quality_score":1,"execution_time_ms":0,"artifacts_generated":[]}""" },
        {
            "dependency_resolved",
            """{"dependency_type":"t","dependency_id":"d","resolved_by":"r"}""",
            """{"dependency_type":"t","dependency_id":"d","resolved_by":"r","resolution_data":{}}"""
        },
        {
            "inter_agent_message",
            """{"message_type":"m"}""",
            """{"message_type":"m","message":"","requires_response":false,"response_timeout_ms":5000,"payload":{}}"""
        },
        { "stage_completed", """{"stage":"s","error":null}""", """{"stage":"s","steps_succeeded":0,"steps_failed":0,"duration_ms":0}""" },
        {
            "error_recovery_completed",
            """{"agent_id":"a","strategy":"retry"}""",
            """{"agent_id":"a","strategy":"retry","recovered":true,"attempts":1,"duration_ms":0}"""
        },
    };

    [Theory]
    [MemberData(nameof(Full))]
    public void Data_OfAPayload_IsItsJsonForm(SignalPayload payload, string json)
    {
        var signal = _room.Publish(new SignalDraft(payload));

        Assert.Same(payload, signal.Payload);
        Assert.Equal(payload.Type, signal.Type);
        Assert.Equal(json, signal.Data.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Full))]
    public void Payload_OfJson_IsTheSameAsThePublishedOne(SignalPayload payload, string json)
    {
        var signal = _room.Publish(new SignalDraft(payload.Type, Json(json)));

        Assert.Equal(payload.GetType(), signal.Payload!.GetType());
        Assert.Equal(json, SignalJson.ToElement(signal.Payload).GetRawText());
        Assert.Equal(json, signal.Data.GetRawText());
    }

    [Theory]
    [MemberData(nameof(Least))]
    public void Payload_OfTheLeastJson_HasTheDefaults(string type, string json, string full)
    {
        var signal = _room.Publish(new SignalDraft(new SignalType(type), Json(json)));

        Assert.Equal(full, SignalJson.ToElement(signal.Payload!).GetRawText());
    }

    [Theory]
    [InlineData("agent_initialized", """{"capabilities":[1],"ready":"yes","initialization_time_ms":"1"}""", "agent_id, capabilities, initialization_time_ms, ready")]
    [InlineData("agent_initialized", """{"agent_id":"a","initialization_time_ms":-1}""", "initialization_time_ms")]
    [InlineData("agent_completed", """{"agent_id":7,"result_summary":1,"artifacts_generated":{},"error":0}""", "agent_id, artifacts_generated, error, result_summary")]
    [InlineData("agent_completed", """{"agent_id":"a","quality_score":1.01,"execution_time_ms":-0.5}""", "execution_time_ms, quality_score")]
    [InlineData("dependency_resolved", """{"resolution_data":[]}""", "dependency_id, dependency_type, resolution_data, resolved_by")]
    [InlineData("inter_agent_message", """{"message_type":"m","response_timeout_ms":0}""", "response_timeout_ms")]
    [InlineData("inter_agent_message", """{"message_type":"","response_timeout_ms":1.5,"requires_response":1,"payload":""}""", "message_type, payload, requires_response, response_timeout_ms")]
    [InlineData("stage_completed", """{"steps_failed":-1}""", "stage")]
    [InlineData("error_recovery_completed", """{"attempts":"2"}""", "agent_id, attempts, strategy")]
    public void Publish_JsonThatDoesNotFitItsType_NamesEveryProperty(string type, string json, string properties)
    {
        var result = _room.Hub.Publish(Id, new SignalDraft(new SignalType(type), Json(json)));

        Assert.All(result.Problems, problem => Assert.Equal("SLW5307", problem.Code));
        Assert.Equal(properties, string.Join(", ", result.Problems.Select(problem => problem.Place!.Path!["event_data.".Length..]).Order()));
        Assert.Equal(0, _room.Hub.GetLastPosition(Id));
    }

    [Fact]
    public void Publish_PayloadOutOfRange_NamesEveryProperty()
    {
        var result = _room.Hub.Publish(Id, new AgentCompleted { AgentId = "", QualityScore = double.NaN, ExecutionTimeMs = double.PositiveInfinity, ResultSummary = null! });

        Assert.Equal(4, result.Problems.Count);
        Assert.All(result.Problems, problem => Assert.Equal("SLW5307", problem.Code));
    }

    [Fact]
    public void As_AnotherType_SaysWhatIsMissing()
    {
        var signal = _room.Publish(new SignalDraft(new StageCompleted { Stage = "s" }));

        var result = signal.As<AgentCompleted>();

        Assert.Null(result.Payload);
        Assert.Equal("event_data.agent_id", Assert.Single(result.Problems).Place!.Path);
        Assert.NotNull(signal.As<StageCompleted>().Payload);
    }

    [Fact]
    public void Data_DocumentIsDisposed_StaysReadable()
    {
        SignalDraft draft;
        using (var document = System.Text.Json.JsonDocument.Parse("""{"a":{"b":1}}"""))
            draft = new SignalDraft(Noted, document.RootElement) { Metadata = document.RootElement.GetProperty("a") };

        var signal = _room.Publish(draft);

        Assert.Equal(("""{"a":{"b":1}}""", """{"b":1}"""), (signal.Data.GetRawText(), signal.Metadata.GetRawText()));
    }

    [Fact]
    public void Publish_Payload_MakesNoJsonUntilSomebodyAsks()
    {
        var signal = _room.Publish(new SignalDraft(new AgentCompleted { AgentId = "a" }));
        var filter = new SignalFilter { Types = [SignalType.AgentCompleted], Agents = ["a"], Fields = [new SignalField("quality_score", 1)] };

        Assert.True(filter.Matches(signal));

        Assert.True(signal.HasNoJsonYet);
        Assert.Equal("a", signal.Data.GetProperty("agent_id").GetString());
        Assert.False(signal.HasNoJsonYet);
    }
}
