using System.Text.Json;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Workflows;

/// <summary>What routing decided after an attempt of an agent, and what came of it.</summary>
public sealed record WorkflowRouting
{
    private static readonly IReadOnlyDictionary<string, RoutingStrategy> Strategies = Enum.GetValues<RoutingStrategy>().ToDictionary(RoutingNames.Of, StringComparer.Ordinal);

    /// <summary>The agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>Which attempt, counted from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The id of the routing at its router.</summary>
    public required string RoutingId { get; init; }

    /// <summary>What was decided.</summary>
    public required RoutingDecision Decision { get; init; }

    /// <summary>How sure the router was, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Why.</summary>
    public required string Reasoning { get; init; }

    /// <summary>What kind of router decided.</summary>
    public required RoutingStrategy Strategy { get; init; }

    /// <summary>The task to go to; null when the decision names none.</summary>
    public string? NextTask { get; init; }

    /// <summary>True when the workflow went another way than by the agent's own outcome.</summary>
    public required bool IsApplied { get; init; }

    /// <summary>How long the deciding took.</summary>
    public required TimeSpan RoutingTime { get; init; }

    /// <summary>How many routers gave an answer.</summary>
    public required int RoutersEvaluated { get; init; }

    /// <summary>The key of the run's state under which it is kept.</summary>
    internal static string KeyOf(string agentId, int attempt) => $"{KeyPrefix}{agentId}_{attempt}";

    internal const string KeyPrefix = "workflow_routing_";

    internal static WorkflowRouting Of(string agentId, int attempt, RoutingHistoryRecord record, bool isApplied) => new()
    {
        AgentId = agentId,
        Attempt = attempt,
        RoutingId = record.RoutingId,
        Decision = record.Decision,
        Confidence = record.Result.Confidence,
        Reasoning = record.Result.Reasoning,
        Strategy = record.Result.Strategy,
        NextTask = record.Result.NextTask,
        IsApplied = isApplied,
        RoutingTime = record.RoutingTime,
        RoutersEvaluated = record.RoutersEvaluated,
    };

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("agent_id", AgentId);
        writer.WriteNumber("attempt", Attempt);
        writer.WriteString("routing_id", RoutingId);
        writer.WriteString("decision", RoutingNames.Of(Decision));
        writer.WriteNumber("confidence", Confidence);
        writer.WriteString("reasoning", Reasoning);
        writer.WriteString("strategy", RoutingNames.Of(Strategy));
        if (NextTask is null) writer.WriteNull("next_task");
        else writer.WriteString("next_task", NextTask);
        writer.WriteBoolean("applied", IsApplied);
        writer.WriteNumber("routing_time_ms", RoutingTime.TotalMilliseconds);
        writer.WriteNumber("routers_evaluated", RoutersEvaluated);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static WorkflowRouting Read(JsonElement json) => new()
    {
        AgentId = JsonFields.Text(json, "agent_id"),
        Attempt = JsonFields.Required(json, "attempt").GetInt32(),
        RoutingId = JsonFields.Text(json, "routing_id"),
        Decision = RoutingNames.Decisions[JsonFields.Text(json, "decision")],
        Confidence = JsonFields.Required(json, "confidence").GetDouble(),
        Reasoning = JsonFields.Text(json, "reasoning"),
        Strategy = Strategies[JsonFields.Text(json, "strategy")],
        NextTask = JsonFields.Required(json, "next_task").GetString(),
        IsApplied = JsonFields.Required(json, "applied").GetBoolean(),
        RoutingTime = TimeSpan.FromMilliseconds(JsonFields.Required(json, "routing_time_ms").GetDouble()),
        RoutersEvaluated = JsonFields.Required(json, "routers_evaluated").GetInt32(),
    };
}
