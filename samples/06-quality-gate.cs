using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Signals;

namespace Slipway.Samples;

/// <summary>A deployment waits for coverage of 80 %. The score that reaches it wakes the waiter; nobody polls.</summary>
internal static class QualityGatePattern
{
    public static async Task RunAsync()
    {
        var hub = new SignalHub();
        using var resolver = new DependencyResolver(hub);
        resolver.Declare("codegen-1", new DependencyTargets
        {
            Agents = ["deployment_agent"],
            Gates = [new QualityGate { Id = "coverage_gate", Type = GateType.Coverage, Threshold = 0.8 }],
        });
        var gates = resolver.GatesOf("codegen-1");

        var waiting = resolver.ResolveAsync("codegen-1", "deployment_agent", [Dependency.OnGate("coverage_gate") with { Timeout = TimeSpan.FromMinutes(1) }]);
        gates.Update("coverage_gate", 0.79, by: "test_generator");
        Console.WriteLine($"0.79 is enough: {waiting.IsCompleted}");
        gates.Update("coverage_gate", 0.85, by: "test_generator");
        var resolution = await waiting;

        Console.WriteLine(resolution.Success ? "Quality gate passed, proceeding with deployment" : resolution.Results[0].ErrorMessage);
        foreach (var score in gates.History("coverage_gate").Scores.OrderBy(score => score.Number)) Console.WriteLine(FormattableString.Invariant($"score {score.Number}: {score.Score}"));
    }
}
