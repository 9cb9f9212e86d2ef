#pragma warning disable // Written as a reader would write it who tries the page.
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Samples.Tests.Pages;

/// <summary>The code of docs/concepts/dependencies.md.</summary>
internal static class DependenciesPage
{
    public static async Task RunAsync()
    {
        var hub = new SignalHub();
        using var resolver = new DependencyResolver(hub);
        resolver.Declare("release-7", new DependencyTargets
        {
            Agents = ["model_generator", "test_generator", "deployer"],
            Resources = ["database"],
            Gates = [new QualityGate { Id = "unit", Type = GateType.Coverage, Threshold = 0.8 }],
        });

        var wait = resolver.ResolveAsync("release-7", "deployer",
        [
            Dependency.OnAgent("model_generator"),
            Dependency.OnResource("database"),
            Dependency.OnGate("unit", threshold: 0.9) with { Timeout = TimeSpan.FromMinutes(5) },
        ]);

        hub.Publish("release-7", new AgentCompleted { AgentId = "model_generator" });
        resolver.MarkResourceAvailable("database");
        resolver.GatesOf("release-7").Update("unit", 0.93, by: "test_generator");

        var resolution = await wait;
        if (!resolution.Success) throw new InvalidOperationException(resolution.Results.First(result => !result.Success).ErrorMessage);
    }
}
