using Slipway.Coordination.Contexts;
using static Slipway.Coordination.Tests.Contexts.Packages;

namespace Slipway.Coordination.Tests.Contexts;

/// <summary>What holds under many threads.</summary>
public sealed class ContextStressTests
{
    [Fact]
    public async Task Get_WhileManyUpdate_GivesWholePackagesWithGrowingVersions()
    {
        const int Updaters = 4;
        const int Updates = 300;
        string[] agents = [.. Enumerable.Range(0, 20).Select(number => $"agent-{number:D2}")];
        var distributor = new ContextDistributor();
        distributor.Distribute(Request(agents) with { Shared = new SharedIntelligence { TypeRegistry = Map("""{"Left": 0, "Right": 0}""") } });
        using var done = new CancellationTokenSource();
        var reading = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var newest = new Dictionary<string, long>();
            while (!done.IsCancellationRequested)
            {
                foreach (var agent in agents)
                {
                    var context = distributor.Get("codegen-1", agent)!;
                    var types = context.SharedIntelligence.TypeRegistry;
                    Assert.Equal(types["Left"].GetInt64(), -types["Right"].GetInt64());
                    Assert.True(context.ContextVersion >= newest.GetValueOrDefault(agent));
                    newest[agent] = context.ContextVersion;
                }
            }
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, Updaters).Select(updater => Task.Run(() =>
        {
            for (var i = 1; i <= Updates; i++)
            {
                var update = Types($$"""{"Left": {{i}}, "Right": {{-i}}, "By-{{updater}}": {{i}}}""", updater % 2 == 0 ? [] : agents[updater..(updater + 2)]);
                Assert.True(distributor.Update(update).IsComplete);
            }
        })));
        await done.CancelAsync();
        await Task.WhenAll(reading);

        // Two updaters tell all, one tells 1 and 2, one 3 and 4.
        Assert.Equal(1 + (2 * Updates), distributor.Get("codegen-1", "agent-00")!.ContextVersion);
        Assert.All(agents[1..5], agent => Assert.Equal(1 + (3 * Updates), distributor.Get("codegen-1", agent)!.ContextVersion));
        Assert.All(agents, agent => Assert.Equal(Updates, distributor.Get("codegen-1", agent)!.SharedIntelligence.TypeRegistry["By-0"].GetInt32()));
    }

    [Fact]
    public async Task Distribute_ManyAtOnce_JoinWithoutLoss()
    {
        var distributor = new ContextDistributor();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => Task.Run(() => Assert.True(distributor.Distribute(Request($"agent-{number}")).IsDistributed))));

        Assert.Equal(100, distributor.List("codegen-1").Count);
    }
}
