#pragma warning disable // Written as a reader would write it who tries the page.
using System.Text.Json;
using Slipway.Coordination.Contexts;

namespace Slipway.Samples.Tests.Pages;

/// <summary>The code of docs/concepts/contexts.md.</summary>
internal static class ContextsPage
{
    public static async Task RunAsync()
    {
        using var document = JsonDocument.Parse("""
            {"model_generator": {"objective": "Generate models", "tasks": ["parse_contract", "generate_models"]},
             "test_generator": {"objective": "Generate tests", "dependencies": ["model_generator"]}}
            """);
        var assignments = AgentContextJson.ReadAssignments(document.RootElement);
        foreach (var problem in assignments.Problems) Console.WriteLine(problem);   // every unknown field, with what was perhaps meant

        var distributor = new ContextDistributor();
        var distribution = distributor.Distribute(new ContextRequest
        {
            CoordinationId = "codegen-1",
            SessionId = "session-1",
            Assignments = assignments.Value!,
        });

        var types = new Dictionary<string, JsonElement> { ["User"] = JsonElement.Parse("\"class User\"") };
        var told = distributor.Update(new ContextUpdate
        {
            CoordinationId = "codegen-1",
            Field = SharedIntelligenceField.TypeRegistry,
            Data = types,
            TargetAgents = ["test_generator"],   // leave it out to tell all
        });

        var context = distributor.Get("codegen-1", "test_generator")!;
        Console.WriteLine($"{context.ContextVersion}: {context.SharedIntelligence.TypeRegistry["User"]}");   // 2: class User
        distributor.Clear("codegen-1");
    }
}
