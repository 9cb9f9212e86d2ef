using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Plans;

namespace Slipway.Samples;

/// <summary>Model, then validator, then tests: each begins when those it depends on have succeeded. Nobody signals, nobody waits, nobody cleans up.</summary>
internal static class Sequential
{
    public static async Task RunAsync()
    {
        var order = new ConcurrentQueue<string>();
        var coordination = new CoordinationBuilder()
            .AddAgent("generator", (context, _) =>
            {
                order.Enqueue(context.StepId);
                return ValueTask.FromResult(StepOutcome.Success);
            })
            .Build();
        var plan = new Plan
        {
            Name = "sequential",
            Steps =
            [
                new Step { Id = "test_gen", Agent = "generator", DependsOn = ["model_gen", "validator_gen"] },
                new Step { Id = "validator_gen", Agent = "generator", DependsOn = ["model_gen"] },
                new Step { Id = "model_gen", Agent = "generator" },
            ],
        };

        var result = await coordination.Engine.StartAsync("codegen-1", plan);

        Console.WriteLine($"{result.Status}: {string.Join(" -> ", order)}");
    }
}
