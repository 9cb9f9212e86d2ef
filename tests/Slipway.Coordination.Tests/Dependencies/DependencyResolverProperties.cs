using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.Tests.Graphs;

namespace Slipway.Coordination.Tests.Dependencies;

/// <summary>What holds for every graph of agents, compared with the obvious model, and for many threads at once.</summary>
public sealed class DependencyResolverProperties
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20260102, 5).WithMaxTest(200);

    [Fact]
    public void Resolve_AnyAcyclicAgentsAtOnce_EndsAsTheModelSays() => Check.One(Repeatable, Prop.ForAll(
        Arb.From(DirectedGraphProperties.AcyclicGraphs()),
        Arb.From(Gen.ArrayOf(Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true))), 25)),
        (edges, fails) => Task.Run(() => RunAsync(edges, fails)).GetAwaiter().GetResult()));

    [Fact]
    public async Task Resolver_ManyThreads_WakesEveryWaiterOnceAndKeepsNothing()
    {
        const int Coordinations = 8;
        const int Agents = 40;
        var hub = new SignalHub();
        using var resolver = new DependencyResolver(hub);
        var all = Enumerable.Range(0, Coordinations).SelectMany(coordination => Enumerable.Range(0, Agents).Select(agent => (Id: $"c{coordination}", Number: agent))).ToList();
        foreach (var id in all.Select(agent => agent.Id).Distinct())
            resolver.Declare(id, new DependencyTargets { Agents = [.. Enumerable.Range(0, Agents).Select(agent => $"a{agent}")], Resources = ["r"], Gates = [new QualityGate { Id = "gate" }] });

        // Each waits for the agent before it, a gate and a resource; every third gives up at some time and asks again.
        var agents = all.Select(agent => Task.Run(async () =>
        {
            Dependency[] dependencies = [Dependency.OnGate("gate"), Dependency.OnResource("r"), .. agent.Number == 0 ? [] : new[] { Dependency.OnAgent($"a{agent.Number - 1}") }];
            using var stop = new CancellationTokenSource();
            var wait = resolver.ResolveAsync(agent.Id, $"a{agent.Number}", dependencies, stop.Token);
            if (agent.Number % 3 == 0)
            {
                await Task.Yield();
                await stop.CancelAsync();
                if (await Record.ExceptionAsync(() => wait) is not null) wait = resolver.ResolveAsync(agent.Id, $"a{agent.Number}", dependencies);
            }

            var resolution = await wait;
            Assert.True((await hub.PublishAsync(agent.Id, new AgentCompleted { AgentId = $"a{agent.Number}" })).IsPublished);
            return resolution;
        })).ToList();
        resolver.MarkResourceAvailable("r");
        await Task.WhenAll(Enumerable.Range(0, Coordinations).Select(coordination => Task.Run(() => resolver.GatesOf($"c{coordination}").Update("gate", 1))));

        Assert.All(await Task.WhenAll(agents), resolution => Assert.True(resolution.Success, string.Join(", ", resolution.Problems.Concat<object>(resolution.Results))));
        foreach (var id in all.Select(agent => agent.Id).Distinct())
        {
            Assert.Equal(0, resolver.GetPendingCount(id));
            await ResolverBench.UntilAsync(() => resolver.GatesOf(id).WaiterCount == 0);
            Assert.True(resolver.Clear(id));
        }

        await ResolverBench.UntilAsync(() => hub.Subscriptions == 0);
    }

    /// <summary>Runs all agents at once: each waits for its dependencies and then ends, with an error when these did not come or it is to fail.</summary>
    private static async Task RunAsync(int[][] edges, bool[] fails)
    {
        using var bench = new ResolverBench();
        bench.Resolver.Declare(ResolverBench.Id, new DependencyTargets { Agents = [.. Enumerable.Range(0, edges.Length).Select(Name)] });
        var agents = edges.Select((dependencies, agent) => Task.Run(async () =>
        {
            var resolution = await bench.WaitAsync(Name(agent), [.. dependencies.Distinct().Select(dependency => Dependency.OnAgent(Name(dependency)))]);
            Assert.Empty(resolution.Problems);
            bench.Complete(Name(agent), resolution.Success && !fails[agent] ? null : "failed");
            return resolution;
        })).ToArray();
        var resolutions = await Task.WhenAll(agents).WaitAsync(TimeSpan.FromMinutes(1));

        // The model: in order, an agent ends well when it is not to fail and all before it did.
        var isWell = new bool[edges.Length];
        for (var agent = 0; agent < edges.Length; agent++)
        {
            var comes = edges[agent].All(dependency => isWell[dependency]);
            isWell[agent] = comes && !fails[agent];
            Assert.Equal(comes, resolutions[agent].Success);
            Assert.All(resolutions[agent].Results.Where(result => result.Failure?.Code == "SLW5471"), result => Assert.False(isWell[int.Parse(result.DependencyId.Split('_')[0][1..])]));
        }

        Assert.Equal(0, bench.Resolver.GetPendingCount(ResolverBench.Id));
    }

    private static string Name(int agent) => $"n{agent}";
}
