using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Plans;

namespace Slipway.Samples;

/// <summary>Twenty lines to a first parallel run: three steps at once, then one that gets what they made.</summary>
internal static class FirstParallelRun
{
    public static async Task RunAsync()
    {
        var coordination = new CoordinationBuilder()
            .AddAgent("measure", (context, _) => ValueTask.FromResult(StepOutcome.Succeeded(JsonElement.Parse($"{context.StepId.Length}"))))
            .AddAgent("sum", (context, _) =>
            {
                var sum = context.Step.DependsOn.Sum(before => context.OutputOf(before.StepId)!.Value.GetInt32());
                return ValueTask.FromResult(StepOutcome.Succeeded(JsonElement.Parse($"{sum}")));
            })
            .Build();
        var plan = new Plan
        {
            Name = "letters",
            Steps =
            [
                new Step { Id = "red", Agent = "measure" },
                new Step { Id = "green", Agent = "measure" },
                new Step { Id = "blue", Agent = "measure" },
                new Step { Id = "all", Agent = "sum", DependsOn = ["red", "green", "blue"] },
            ],
        };

        var result = await coordination.Engine.StartAsync("letters-1", plan);

        Console.WriteLine($"{result.Status}: {result.Run!["all"].Output}");
    }
}
