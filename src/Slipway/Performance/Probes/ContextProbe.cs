using System.Text.Json;
using Slipway.Coordination.Contexts;

namespace Slipway.Performance.Probes;

/// <summary>Context packages: made for agents, read back, told something new.</summary>
internal sealed class ContextProbe : IProbe
{
    private const int Agents = 50;
    private static readonly Dictionary<string, JsonElement> Conventions = new() { ["class"] = JsonSerializer.SerializeToElement("PascalCase") };

    public string Group => "contexts";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("context-distribution", "Context distribution", "50 agents given their packages, for each agent", 200, "ms"),
        new("context-retrieval", "Context retrieval", "the package of one of 50 agents, in batches of 1,000", 5, "ms"),
        new("context-time", "context for one agent under 20 µs", "50 agents given their packages, for each agent", 20, "µs") { Source = TargetSource.Goal, Statistic = Statistic.P50 },
    ];

    public Task MeasureAsync(ProbeRun run)
    {
        var distributor = new ContextDistributor();
        if (run.Wants("context-distribution", "context-time"))
        {
            double[] seconds = [.. run.Each(run.Scale(2_000), call =>
            {
                Distribute(distributor, $"bench-{call}");
                distributor.Clear($"bench-{call}");
            }).Select(value => value / Agents)];
            run.Times("context-distribution", seconds);
            run.Times("context-time", seconds, Floors.Beside(seconds, Floors.RecordCopy(run), "a copied record of five parts", "the check of every key and size, and the entry of each package"));
        }

        if (!run.Wants("context-retrieval")) return Task.CompletedTask;
        Distribute(distributor, "kept");
        run.Times("context-retrieval", run.Batches(run.Scale(300), 1_000, () => distributor.Get("kept", "agent-25")));
        return Task.CompletedTask;
    }

    private static void Distribute(ContextDistributor distributor, string coordination)
    {
        var distribution = distributor.Distribute(new ContextRequest
        {
            CoordinationId = coordination,
            SessionId = "bench",
            Assignments = Enumerable.Range(0, Agents).ToDictionary(agent => $"agent-{agent}", _ => new AgentAssignment { Objective = "Generate the models", Tasks = ["read", "write"] }),
            Shared = new SharedIntelligence { NamingConventions = Conventions },
        });
        if (!distribution.IsDistributed) throw new InvalidOperationException($"the contexts were refused: {string.Join("; ", distribution.Problems)}");
    }
}
