using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Hosting;

namespace Slipway.Samples;

/// <summary>Four agents in one call: each gets its context, begins when what it depends on is there, and everything is told by signals.</summary>
internal static class Workflow
{
    public static async Task RunAsync()
    {
        var coordination = new CoordinationBuilder()
            .UseWorkflows()
            .AddAgent("model_generator", (_, _) => ValueTask.FromResult(StepOutcome.Succeeded(JsonElement.Parse("""{"models": ["User", "Order"], "quality_score": 0.95}"""))))
            .AddAgent("validator_generator", (context, _) =>
            {
                var models = context.OutputOf("model_generator")!.Value.GetProperty("models");
                return ValueTask.FromResult(StepOutcome.Succeeded(JsonElement.Parse($$"""{"validators": {{models.GetArrayLength()}}}""")));
            })
            .AddAgent("test_generator", async (context, token) =>
            {
                var package = AgentContextJson.Read(context.Input).Value!;
                Console.WriteLine($"{package.CoordinationMetadata.AgentId}: {package.AgentAssignment.Objective}");
                await context.Board.UpdateGateAsync("unit", 0.92, by: context.StepId, GateType.Coverage);
                return StepOutcome.Success;
            })
            .AddAgent("publisher", (_, _) => ValueTask.FromResult(StepOutcome.Success))
            .Build();

        var result = await coordination.Workflows!.CoordinateAsync(
            "codegen",
            new Dictionary<string, AgentAssignment>
            {
                ["model_generator"] = new() { Objective = "Generate models from the contract" },
                ["validator_generator"] = new() { Objective = "Generate validators", Dependencies = ["model_generator"] },
                ["test_generator"] = new() { Objective = "Generate integration tests", Dependencies = ["model_generator"] },
                ["publisher"] = new() { Objective = "Publish", Dependencies = ["validator_generator"] },
            },
            options: new()
            {
                QualityGates = [new QualityGate { Id = "unit", Type = GateType.Coverage, Threshold = 0.9 }],
                Dependencies = new Dictionary<string, IReadOnlyList<Dependency>> { ["publisher"] = [Dependency.OnGate("unit")] },
            });

        Console.WriteLine($"success: {result.IsSuccess}, contexts: {result.ContextsDistributed}, dependencies: {result.DependenciesResolved}, signals: {result.SignalsSent}, decisions: {result.RoutingDecisions}");
        foreach (var dependency in result.DependencyDetails) Console.WriteLine($"{dependency.AgentId} had {dependency.DependencyId}");
    }
}
