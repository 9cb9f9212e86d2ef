using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Samples;

/// <summary>The engine in a container of Microsoft.Extensions.DependencyInjection: agents by their types, logging by its ILoggerFactory.</summary>
internal static class InAContainer
{
    public static async Task RunAsync()
    {
        await using var provider = new ServiceCollection()
            .AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning))
            .AddSingleton(new Greeting("hello"))
            .AddSlipwayCoordination(options => options with { Parallelism = 4 })
            .AddSlipwayAgent<Greeter>("greeter", ServiceLifetime.Scoped)
            .BuildServiceProvider();
        var engine = provider.GetRequiredService<RunEngine>();

        var result = await engine.StartAsync("greeting-1", new Plan { Name = "greeting", Steps = [new Step { Id = "world", Agent = "greeter" }] });

        Console.WriteLine(result.Status);
    }

    private sealed record Greeting(string Word);

    private sealed class Greeter(Greeting greeting) : IAgent
    {
        public ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken)
        {
            Console.WriteLine($"{greeting.Word}, {context.StepId}");
            return ValueTask.FromResult(StepOutcome.Success);
        }
    }
}
