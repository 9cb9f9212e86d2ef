using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Dependencies.ResolverBench;

namespace Slipway.Coordination.Tests.Dependencies;

public sealed class DependencyResolverTests : IDisposable
{
    private readonly ResolverBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Resolve_SeveralKinds_WaitsForAllAtOnce()
    {
        var wait = _bench.WaitAsync("c", Dependency.OnAgent("a"), Dependency.OnResource("db"), Dependency.OnGate("unit", 0.9));
        Assert.Equal(3, _bench.Resolver.GetPendingCount(Id));

        _bench.Resolver.GatesOf(Id).Update("unit", 0.95, "tests");
        _bench.Resolver.MarkResourceAvailable("db");
        Assert.False(wait.IsCompleted);
        _bench.Clock.Advance(TimeSpan.FromSeconds(7));
        _bench.Complete("a");

        var resolution = await wait;
        Assert.True(resolution.Success);
        Assert.Equal(["a_complete", "db", "unit"], resolution.Results.Select(result => result.DependencyId));
        Assert.Equal((TimeSpan.FromSeconds(7), 1, _bench.Clock.GetUtcNow()), (resolution.Results[0].Duration, resolution.Results[0].Attempts, resolution.Results[0].ResolvedAt));
        var completed = _bench.Hub.GetHistory(Id, new SignalHistoryQuery { Filter = SignalFilter.OfTypes(SignalType.AgentCompleted) }).Single();
        Assert.Equal(completed.Id, resolution.Results[0].Metadata["signal_id"]);
        Assert.Equal("0.95", resolution.Results[2].Metadata["score"]);
    }

    [Fact]
    public async Task Resolve_OneFails_EndsTheWaitForTheOthers()
    {
        var wait = _bench.WaitAsync("c", Dependency.OnAgent("a"), Dependency.OnAgent("b"));

        _bench.Complete("a", error: "broken");

        Assert.Equal(["SLW5471", "SLW5474"], (await wait).Results.Select(result => result.Failure!.Code));
        Assert.Equal("not waited for any longer, because 'a_complete' did not come", (await wait).Results[1].ErrorMessage);
    }

    [Fact]
    public async Task Resolve_AgentThatFailedAndThenSucceeded_CountsByItsNewestEnd()
    {
        _bench.Complete("a", error: "broken");
        Assert.False((await _bench.WaitAsync("b", Dependency.OnAgent("a"))).Success);
        _bench.Complete("a");
        await UntilAsync(() => _bench.Hub.GetMetrics(Id)!.TotalSignalsReceived >= 2);

        Assert.True((await _bench.WaitAsync("b", Dependency.OnAgent("a"))).Success);
    }

    [Fact]
    public async Task Resolve_Done_PublishesItAsASignal()
    {
        _bench.Complete("a");
        await _bench.WaitAsync("b", Dependency.OnAgent("a"));

        var signal = _bench.Hub.GetHistory(Id, new SignalHistoryQuery { Filter = SignalFilter.OfTypes(SignalType.DependencyResolved) }).Single();
        var resolved = Assert.IsType<DependencyResolved>(signal.Payload);
        Assert.Equal(("agent_completion", "a_complete", "a"), (resolved.DependencyType, resolved.DependencyId, resolved.ResolvedBy));
    }

    [Fact]
    public async Task Resolve_GateThatStaysBelow_TimesOutWithItsReason()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnGate("unit"));
        _bench.Resolver.GatesOf(Id).Update("unit", 0.79);

        _bench.Clock.Advance(TimeSpan.FromSeconds(120));

        var result = Assert.Single((await wait).Results);
        Assert.Equal((DependencyStatus.Timeout, "score 'unit' did not pass: 0.79 is not >= 0.8"), (result.Status, result.Failure!.Detail));
        await UntilAsync(() => _bench.Resolver.GatesOf(Id).WaiterCount == 0);
    }

    [Fact]
    public async Task Resolve_CoordinationIsCompleted_FailsWhatCannotComeAnyMore()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnAgent("a"));
        await UntilAsync(() => _bench.Hub.Subscriptions > 0);

        _bench.Hub.Complete(Id);

        Assert.Equal("SLW5473", (await wait).Results[0].Failure!.Code);
    }

    [Fact]
    public async Task Clear_WithAgentsThatWait_TellsThemAndForgetsAll()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnAgent("a"), Dependency.OnGate("unit"));

        Assert.True(_bench.Resolver.Clear(Id));

        Assert.Contains("SLW5473", (await wait).Results.Select(result => result.Failure!.Code));
        Assert.Equal(DependencyStatus.Failed, (await wait).Results[1].Status);
        Assert.Empty(_bench.Resolver.GetStatuses(Id));
        Assert.False(_bench.Resolver.Clear("other"));
        await UntilAsync(() => _bench.Hub.Subscriptions == 0);
    }

    [Fact]
    public async Task Resolve_AgentThatWaitsForItself_IsRefused() =>
        Assert.Contains("a -> a", (await _bench.WaitAsync("a", Dependency.OnAgent("a"))).Problems.Single().Summary, StringComparison.Ordinal);

    [Fact]
    public async Task Resolve_SeveralFaults_NamesAllAtOnce()
    {
        var resolution = await _bench.WaitAsync(
            "b",
            Dependency.OnAgent("a") with { Timeout = TimeSpan.Zero },
            Dependency.OnAgent("a") with { MaxRetries = -1 },
            Dependency.OnResource("db", double.NaN),
            new Dependency { Id = "x", Target = "y", Metadata = new CustomMetadata(new DependencyKind("moon")) });

        Assert.Equal(
            ["SLW5456 dependencies[0].timeout", "SLW5457 dependencies[1].id", "SLW5456 dependencies[1].max_retries", "SLW5456 dependencies[2].metadata.availability_threshold", "SLW5458 dependencies[3].type"],
            resolution.Problems.Select(problem => $"{problem.Code} {problem.Place}"));
    }

    [Fact]
    public async Task Resolve_UnknownTargetsAllowed_WaitsForThem()
    {
        using var bench = new ResolverBench(new DependencyResolverOptions { AllowUnknownTargets = true });
        var wait = bench.WaitAsync("b", Dependency.OnAgent("z"), Dependency.OnGate("style") with { Metadata = new QualityGateMetadata { GateType = GateType.Linting } });
        bench.Complete("z");
        bench.Resolver.GatesOf(Id).Update("style", 1);

        Assert.True((await wait).Success);
        Assert.Equal(GateType.Linting, bench.Resolver.GatesOf(Id).Evaluate("style").Type);
    }

    [Fact]
    public async Task Resolve_AgentSeenInSignals_IsKnownWithoutBeingDeclared()
    {
        _bench.Hub.Publish(Id, new AgentInitialized { AgentId = "late" }, "late");

        var wait = _bench.WaitAsync("b", Dependency.OnAgent("late"));
        _bench.Complete("late");

        Assert.True((await wait).Success);
    }

    [Fact]
    public async Task Resolve_KindOfOnesOwn_AsksItsSourceAndRetriesWhatFailsInPassing()
    {
        var source = new MoonSource();
        using var bench = new ResolverBench(new DependencyResolverOptions { Sources = [source] });
        var wait = bench.WaitAsync("b", new Dependency { Id = "x", Target = "moon", Metadata = new CustomMetadata(new DependencyKind("moon")) });
        foreach (var seconds in new[] { 1, 2, 4 })
        {
            await UntilAsync(() => bench.Clock.NextDue == bench.Clock.GetUtcNow().AddSeconds(seconds));
            bench.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        var result = Assert.Single((await wait).Results);
        Assert.Equal((true, 4, TimeSpan.FromSeconds(7)), (result.Success, result.Attempts, result.Duration));
        Assert.Equal([1, 2, 3, 4], source.Attempts);
        Assert.Equal("SLW5459", (await bench.WaitAsync("b", new Dependency { Id = "x", Target = "sun", Metadata = new CustomMetadata(new DependencyKind("moon")) })).Problems.Single().Code);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    public void MarkResourceAvailable_OutOfRange_IsRefused(double availability) =>
        Assert.Equal("SLW5456", _bench.Resolver.MarkResourceAvailable("db", availability)!.Code);

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResolverBench(new DependencyResolverOptions { MaxConcurrentResolutions = 0 }));
        Assert.Throws<ArgumentException>(() => new ResolverBench(new DependencyResolverOptions { Sources = [new MoonSource(), new MoonSource()] }));
    }

    private sealed class MoonSource : IDependencySource
    {
        public List<int> Attempts { get; } = [];

        public DependencyKind Kind => new("moon");

        public bool IsKnown(string coordinationId, string target) => target == "moon";

        public Task<DependencyOutcome> WaitAsync(DependencyWait wait, CancellationToken cancellationToken)
        {
            Attempts.Add(wait.Attempt);
            return wait.Attempt switch
            {
                1 => throw new TimeoutException("clouds"),
                < 4 => Task.FromResult(DependencyOutcome.Failed(new Failure { Code = "moon", Kind = FailureKind.Transient, Message = "clouds" })),
                _ => Task.FromResult(DependencyOutcome.Satisfied()),
            };
        }
    }
}
