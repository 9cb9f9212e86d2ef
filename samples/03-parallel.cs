using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Plans;

namespace Slipway.Samples;

/// <summary>Three contracts at once. Each waits here until all three have begun: one after the other, this would never end.</summary>
internal static class AllAtOnce
{
    public static async Task RunAsync()
    {
        var begun = 0;
        var all = new TaskCompletionSource();
        var coordination = new CoordinationBuilder()
            .Configure(options => options with { Parallelism = 3 })
            .AddAgent("processor", async (context, cancellationToken) =>
            {
                if (Interlocked.Increment(ref begun) == 3) all.SetResult();
                await all.Task.WaitAsync(cancellationToken);
                return StepOutcome.Success;
            })
            .Build();
        var plan = new Plan
        {
            Name = "parallel",
            Steps = [.. Enumerable.Range(0, 3).Select(i => new Step { Id = $"contract_{i}", Agent = "processor" })],
        };

        var result = await coordination.Engine.StartAsync("codegen-1", plan);

        foreach (var step in result.Run!.Steps) Console.WriteLine($"{step.Step.Id}: {step.State}");
    }
}
