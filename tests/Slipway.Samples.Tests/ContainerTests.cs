using Microsoft.Extensions.DependencyInjection;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Workflows;

namespace Slipway.Samples.Tests;

/// <summary>The engine in a container.</summary>
public sealed class ContainerTests
{
    [Fact]
    public async Task AddSlipwayCoordination_WithStoresInTheContainer_UsesThem()
    {
        var journal = new InMemoryJournal(TimeProvider.System);
        await using var provider = new ServiceCollection()
            .AddSingleton<IRunJournal>(journal)
            .AddSlipwayCoordination()
            .AddSlipwayAgent("idle", _ => new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)))
            .BuildServiceProvider(validateScopes: true);

        var result = await provider.GetRequiredService<RunEngine>().StartAsync("run", PlanFor("idle"));

        Assert.True(result.IsSuccess);
        Assert.NotNull(await RunProjection.LoadAsync(journal, "run"));
        Assert.Same(provider.GetRequiredService<ILockStore>(), provider.GetRequiredService<CoordinationServices>().Locks);
        Assert.Equal(["idle"], provider.GetRequiredService<AgentRegistry>().Names);
    }

    [Fact]
    public async Task AddSlipwayWorkflows_WithACollectorInTheContainer_CoordinatesAndRecords()
    {
        await using var metrics = new MetricsCollector();
        await using var provider = new ServiceCollection()
            .AddSingleton(metrics)
            .AddSlipwayWorkflows()
            .AddSlipwayAgent("idle", _ => new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)))
            .BuildServiceProvider(validateScopes: true);

        var result = await provider.GetRequiredService<WorkflowCoordinator>().CoordinateAsync("build", new Dictionary<string, AgentAssignment> { ["idle"] = new() });

        Assert.True(result.IsSuccess, result.Error);
        Assert.Same(provider.GetRequiredService<CoordinationServices>().Workflows, provider.GetRequiredService<WorkflowCoordinator>());
        Assert.Equal(result.SignalsSent, metrics.GetSnapshot().Metrics[CoordinationMetricNames.SignalsSent].Count);
    }

    [Theory]
    [InlineData(ServiceLifetime.Singleton, 1)]
    [InlineData(ServiceLifetime.Scoped, 3)]
    [InlineData(ServiceLifetime.Transient, 3)]
    public async Task AddSlipwayAgent_OfALifetime_MakesAsManyAgents(ServiceLifetime lifetime, int expected)
    {
        var made = new Made();
        await using var provider = new ServiceCollection()
            .AddSingleton(made)
            .AddSlipwayCoordination()
            .AddSlipwayAgent<Counted>("counted", lifetime)
            .BuildServiceProvider(validateScopes: true);

        var result = await provider.GetRequiredService<RunEngine>().StartAsync("run", PlanFor("counted", "counted", "counted"));

        Assert.True(result.IsSuccess);
        Assert.Equal(expected, made.Count);
    }

    [Fact]
    public async Task AddSlipwayAgent_ScopedThatVerifies_CanBeVerified()
    {
        await using var provider = new ServiceCollection()
            .AddSingleton(new Made())
            .AddSlipwayCoordination()
            .AddSlipwayAgent<Counted>("plain", ServiceLifetime.Scoped)
            .AddSlipwayAgent<OwnAgent>("verifying", ServiceLifetime.Scoped)
            .BuildServiceProvider();
        var agents = provider.GetRequiredService<AgentRegistry>();

        Assert.IsNotAssignableFrom<IVerifyingAgent>(agents.Find("plain"));
        var verifying = Assert.IsAssignableFrom<IVerifyingAgent>(agents.Find("verifying"));
        Assert.Null(await verifying.VerifyAsync(new StepContext(PlanFor("verifying").Steps[0], TimeProvider.System), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AddSlipwayCoordination_WithMuchThatIsWrong_TellsAllOfItWhenTheEngineIsAskedFor()
    {
        await using var provider = new ServiceCollection()
            .AddSlipwayCoordination(options => options with { Parallelism = 0, Locks = new InMemoryLockStore() })
            .BuildServiceProvider();

        var exception = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<RunEngine>);

        Assert.Contains("SLW5700", exception.Message, StringComparison.Ordinal);
        Assert.Contains("SLW5703", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddSlipwayCoordination_Twice_GoesOnFromTheFirst()
    {
        await using var provider = new ServiceCollection()
            .AddSlipwayCoordination(options => options with { Parallelism = 4 })
            .AddSlipwayCoordination(options => options with { EngineParallelism = options.Parallelism * 2 })
            .BuildServiceProvider();

        Assert.Equal(8, provider.GetRequiredService<CoordinationServices>().Options.EngineParallelism);
    }

    private static Plan PlanFor(params string[] agents) =>
        new() { Name = "plan", Steps = [.. agents.Select((agent, i) => new Step { Id = $"step-{i}", Agent = agent })] };

    private sealed class Made
    {
        private int _count;

        public int Count => _count;

        public void Add() => Interlocked.Increment(ref _count);
    }

    private sealed class Counted : IAgent
    {
        public Counted(Made made) => made.Add();

        public ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken) => ValueTask.FromResult(StepOutcome.Success);
    }
}
