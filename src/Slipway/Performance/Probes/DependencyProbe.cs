using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Performance.Probes;

/// <summary>Dependencies of agents on agents, pushed by signals.</summary>
internal sealed class DependencyProbe : IProbe
{
    private const string Resolution = "Dependency single / total";
    private const int PerSession = 100;

    public string Group => "dependencies";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("dependency-single", Resolution, "from the signal of an agent's completion to the end of the wait for it", 100, "ms"),
        new("dependency-total", Resolution, "100 dependencies of one agent, from the start of the wait to its end", 2, "s"),
        new("dependencies-per-session", "Dependencies per session", "dependencies that one session resolved", 100, "dependencies") { IsFloor = true },
        new("dependency-after-signal", "dependency resolved within 50 µs of its signal", "from the signal of an agent's completion to the end of the wait for it", 50, "µs")
        {
            Source = TargetSource.Goal,
        },
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        if (run.Wants("dependency-single", "dependency-after-signal"))
        {
            var seconds = await SingleAsync(run, run.Scale(3_000));
            run.Times("dependency-single", seconds);
            run.Times("dependency-after-signal", seconds);
        }

        if (!run.Wants("dependency-total", "dependencies-per-session")) return;
        var resolved = new List<double>();
        run.Times("dependency-total", await run.EachAsync(run.Scale(50), async call => resolved.Add(await ManyAsync(run, call))));
        run.Values("dependencies-per-session", resolved);
    }

    private static async Task<double[]> SingleAsync(ProbeRun run, int count)
    {
        var hub = new SignalHub();
        using var resolver = Create(hub);
        Dependency[] dependencies = [Dependency.OnAgent("parser")];
        return await run.SampleAsync(count, async call =>
        {
            var coordination = $"single-{call}";
            var waiting = resolver.ResolveAsync(coordination, "tester", dependencies, run.CancellationToken);
            var begun = run.Now;
            hub.Publish(coordination, new AgentCompleted { AgentId = "parser" });
            Require(await waiting);
            var seconds = run.SecondsSince(begun);
            resolver.Clear(coordination);
            hub.Remove(coordination);
            return seconds;
        });
    }

    private static async Task<int> ManyAsync(ProbeRun run, int call)
    {
        var hub = new SignalHub();
        using var resolver = Create(hub);
        var coordination = $"many-{call}";
        var waiting = resolver.ResolveAsync(
            coordination, "tester", [.. Enumerable.Range(0, PerSession).Select(agent => Dependency.OnAgent($"agent-{agent}"))], run.CancellationToken);
        for (var agent = 0; agent < PerSession; agent++) await hub.PublishAsync(coordination, new AgentCompleted { AgentId = $"agent-{agent}" }, cancellationToken: run.CancellationToken);
        var resolution = await waiting;
        Require(resolution);
        return resolution.Results.Count(result => result.Success);
    }

    private static DependencyResolver Create(SignalHub hub) => new(hub, new DependencyResolverOptions { AllowUnknownTargets = true });

    private static void Require(DependencyResolution resolution)
    {
        if (!resolution.Success) throw new InvalidOperationException($"a dependency was not resolved: {string.Join("; ", resolution.Problems)}");
    }
}
