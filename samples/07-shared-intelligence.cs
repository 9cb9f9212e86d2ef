using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Plans;

namespace Slipway.Samples;

/// <summary>A producer tells the agents after it which types there are; they find them in their packages, in a new version.</summary>
internal static class SharedIntelligencePattern
{
    private const string Coordination = "codegen-1";

    public static async Task RunAsync()
    {
        var contexts = new ContextDistributor();
        contexts.Distribute(new ContextRequest
        {
            CoordinationId = Coordination,
            SessionId = "session-1",
            Assignments = new Dictionary<string, AgentAssignment>
            {
                ["model_generator"] = new() { Objective = "Generate models" },
                ["validator_generator"] = new() { Objective = "Generate validators", Dependencies = ["model_generator"] },
            },
        });
        var coordination = new CoordinationBuilder()
            .AddAgent("model_generator", (_, _) =>
            {
                var told = contexts.Update(new ContextUpdate
                {
                    CoordinationId = Coordination,
                    Field = SharedIntelligenceField.TypeRegistry,
                    Data = new Dictionary<string, JsonElement> { ["UserModel"] = JsonElement.Parse("\"class UserModel\"") },
                    TargetAgents = ["validator_generator"],
                });
                Console.WriteLine($"told {string.Join(", ", told.Updated)}");
                return ValueTask.FromResult(StepOutcome.Success);
            })
            .AddAgent("validator_generator", (_, _) =>
            {
                var package = contexts.Get(Coordination, "validator_generator")!;
                Console.WriteLine($"version {package.ContextVersion} knows {package.SharedIntelligence.TypeRegistry["UserModel"]}");
                return ValueTask.FromResult(StepOutcome.Success);
            })
            .Build();

        await coordination.Engine.StartAsync(Coordination, new Plan
        {
            Name = "shared",
            Steps = [new Step { Id = "models", Agent = "model_generator" }, new Step { Id = "validators", Agent = "validator_generator", DependsOn = ["models"] }],
        });
        Console.WriteLine($"cleared: {contexts.Clear(Coordination)}");
    }
}
