using System.Text.Json;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Tests.Contexts;

/// <summary>Requests and what is in them.</summary>
internal static class Packages
{
    public static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static Dictionary<string, JsonElement> Map(string json) =>
        Json(json).EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);

    public static ContextRequest Request(params string[] agents) => new()
    {
        CoordinationId = "codegen-1",
        SessionId = "session-1",
        Assignments = agents.ToDictionary(agent => agent, agent => new AgentAssignment { Objective = $"do {agent}" }, StringComparer.Ordinal),
    };

    public static ContextUpdate Types(string json, params string[] targets) => new()
    {
        CoordinationId = "codegen-1",
        Field = SharedIntelligenceField.TypeRegistry,
        Data = Map(json),
        TargetAgents = targets.Length == 0 ? null : targets,
    };

    /// <summary>Such as <c>SLW5500 session_id</c>.</summary>
    public static IEnumerable<string> Texts(IEnumerable<Diagnostic> problems) => problems.Select(problem => $"{problem.Code} {problem.Place?.Path}");

    /// <summary>Such as <c>2: User="class"</c>: the version and the types that an agent knows.</summary>
    public static string Text(AgentContext? context) => context is null
        ? "none"
        : $"{context.ContextVersion}: {string.Join(' ', context.SharedIntelligence.TypeRegistry.OrderBy(type => type.Key, StringComparer.Ordinal).Select(type => $"{type.Key}={type.Value.GetRawText()}"))}";
}
