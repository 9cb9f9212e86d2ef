using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Dependencies.ResolverBench;

namespace Slipway.Coordination.Tests.Dependencies;

/// <summary>The faults of the original library's dependency resolver, by their numbers in the contract.</summary>
public sealed class DependencyFaultTests : IDisposable
{
    private readonly ResolverBench _bench = new();

    public void Dispose() => _bench.Dispose();

    // Fault 2
    [Fact]
    public async Task Resolution_BeforeAnyAgentRuns_EndsWithTheAgentsAndNotWithTheTimeout()
    {
        var waits = new[] { _bench.WaitAsync("b", Dependency.OnAgent("a")), _bench.WaitAsync("c", Dependency.OnAgent("b")) };

        _bench.Complete("a");
        Assert.True((await waits[0]).Success);
        _bench.Complete("b");

        Assert.True((await waits[1]).Success);
    }

    // Fault 2
    [Fact]
    public async Task Resolution_ThatTimesOut_IsNotTakenForSuccess()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnAgent("a"));

        _bench.Clock.Advance(TimeSpan.FromSeconds(120));

        var result = Assert.Single((await wait).Results);
        Assert.Equal((false, DependencyStatus.Timeout, "'a' did not come within 120 s"), ((await wait).Success, result.Status, result.ErrorMessage));
        Assert.Equal("no signal 'agent_completed' tells of 'a' among the 0 signals of 'build'", result.Failure!.Detail);
    }

    // Fault 3
    [Fact]
    public async Task Dependencies_InTheAssignmentOfAContext_AreFoundAndWaitedFor()
    {
        var context = DependencyJson.ReadContext(Json("""
            {"coordination_metadata": {"agent_id": "b", "session_id": "s"}, "shared_intelligence": {}, "agent_assignment": {"objective": "o", "dependencies": ["a"]}}
            """));

        var wait = _bench.Resolver.ResolveAsync(Id, context);
        Assert.Equal(("b", 1), (context.AgentId, _bench.Resolver.GetPendingCount(Id)));
        _bench.Complete("a");

        Assert.Equal("a_complete", Assert.Single((await wait).Results).DependencyId);
    }

    // Fault 3
    [Fact]
    public async Task Dependencies_OfAContextWithoutAny_AreAProblemAndNotSuccess()
    {
        var resolution = await _bench.Resolver.ResolveAsync(Id, DependencyJson.ReadContext(Json("""{"agent_id": "b", "assignment": {"dependencies": []}}""")));

        Assert.False(resolution.Success);
        Assert.Equal("SLW5454", Assert.Single(resolution.Problems).Code);
    }

    // Fault 4
    [Fact]
    public async Task Completion_OfAnAgentThatFailed_FailsItsDependentsAtOnceAndSaysWhy()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnAgent("a"));

        _bench.Complete("a", error: "no disk");

        var result = Assert.Single((await wait).Results);
        Assert.Equal((DependencyStatus.Failed, "agent 'a' failed: no disk", "SLW5471"), (result.Status, result.ErrorMessage, result.Failure!.Code));
    }

    // Fault 4
    [Fact]
    public async Task Completion_OfAnAgentThatFailed_IsEnoughWhereSuccessIsNotRequired()
    {
        _bench.Complete("a", error: "no disk");

        Assert.True((await _bench.WaitAsync("b", Dependency.OnAgent("a") with { Metadata = new AgentCompletionMetadata { RequireSuccess = false } })).Success);
    }

    // Fault 4
    [Fact]
    public async Task Completion_EventOfAnotherName_IsTheOneThatCounts()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnAgent("a") with { Metadata = new AgentCompletionMetadata { CompletionEvent = "models_ready" } });
        _bench.Complete("a");
        Assert.False(wait.IsCompleted);

        _bench.Hub.Publish(Id, new SignalDraft(new SignalType("models_ready")) { Sender = "a" });

        Assert.True((await wait).Success);
    }

    // Fault 4
    [Fact]
    public async Task Completion_EventOfAnotherNameWithAnError_FailsTheDependency()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnAgent("a") with { Metadata = new AgentCompletionMetadata { CompletionEvent = "models_ready" } });

        _bench.Hub.Publish(Id, new SignalDraft(new SignalType("models_ready"), Json("""{"agent_id": "a", "error": {"code": 7}}""")));

        Assert.Equal("""agent 'a' failed: {"code": 7}""", (await wait).Results[0].ErrorMessage);
    }

    // Fault 5
    [Fact]
    public async Task Completion_WithoutASender_CountsByTheAgentInItsData()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnAgent("a"));

        _bench.Hub.Publish(Id, new SignalDraft(SignalType.AgentCompleted, Json("""{"agent_id": "a", "quality_score": 0.9}""")));

        Assert.True((await wait).Success);
    }

    // Fault 5
    [Fact]
    public async Task Completion_ToldByAnotherAgent_CountsForTheAgentInItsDataOnly()
    {
        var (forA, forC) = (_bench.WaitAsync("b", Dependency.OnAgent("a")), _bench.WaitAsync("b", Dependency.OnAgent("c") with { Id = "c" }));

        _bench.Hub.Publish(Id, new AgentCompleted { AgentId = "a" }, sender: "c");

        Assert.True((await forA).Success);
        Assert.False(forC.IsCompleted);
    }

    // Fault 9
    [Fact]
    public async Task Waiting_ByMoreThanTheLimitOfResolutions_BlocksNobody()
    {
        using var stop = new CancellationTokenSource();
        var stuck = Enumerable.Range(0, 50).Select(i => _bench.Resolver.ResolveAsync(Id, $"agent{i}", [Dependency.OnAgent("c")], stop.Token)).ToArray();

        var wait = _bench.WaitAsync("b", Dependency.OnAgent("a"));
        _bench.Complete("a");

        Assert.True((await wait).Success);
        Assert.DoesNotContain(stuck, task => task.IsCompleted);
        await stop.CancelAsync();
        foreach (var task in stuck) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    // Fault 9
    [Fact]
    public async Task Availability_BelowTheThreshold_IsNotEnough()
    {
        var (half, whole) = (_bench.WaitAsync("a", Dependency.OnResource("db", 0.5)), _bench.WaitAsync("b", Dependency.OnResource("db")));

        Assert.Null(_bench.Resolver.MarkResourceAvailable("db", 0.5));
        Assert.True((await half).Success);
        Assert.False(whole.IsCompleted);
        _bench.Resolver.MarkResourceAvailable("db");

        Assert.Equal("1", (await whole).Results[0].Metadata["availability"]);
    }

    // Fault 10
    [Fact]
    public async Task PendingCount_OfDependenciesThatFailedOrTimedOut_DoesNotCountThem()
    {
        var (failing, late) = (_bench.WaitAsync("a", Dependency.OnAgent("c")), _bench.WaitAsync("b", Dependency.OnResource("db") with { Timeout = TimeSpan.FromSeconds(1) }));
        Assert.Equal(2, _bench.Resolver.GetPendingCount(Id));

        _bench.Complete("c", error: "broken");
        await failing;
        Assert.Equal(1, _bench.Resolver.GetPendingCount(Id));
        _bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await late;

        Assert.Equal(0, _bench.Resolver.GetPendingCount(Id));
        Assert.Equal([DependencyStatus.Failed, DependencyStatus.Timeout], _bench.Resolver.GetStatuses(Id).Select(result => result.Status));
    }

    // Fault 10
    [Fact]
    public async Task Cycle_OfAgentsThatWait_IsRefusedWithItsPath()
    {
        _ = _bench.WaitAsync("a", Dependency.OnAgent("b"));
        _ = _bench.WaitAsync("b", Dependency.OnAgent("c"));

        var resolution = await _bench.WaitAsync("c", Dependency.OnAgent("a"));

        Assert.Equal("SLW5460", Assert.Single(resolution.Problems).Code);
        Assert.Contains("a -> b -> c -> a", resolution.Problems[0].Summary, StringComparison.Ordinal);
        Assert.Equal(2, _bench.Resolver.GetPendingCount(Id));
    }

    // Fault 10
    [Fact]
    public async Task Cycle_ThroughAnAgentThatHasItsDependencies_IsNone()
    {
        var wait = _bench.WaitAsync("a", Dependency.OnAgent("b"));
        _bench.Complete("b");
        await wait;

        var back = _bench.WaitAsync("b", Dependency.OnAgent("a"));
        _bench.Complete("a");

        Assert.True((await back).Success);
    }

    // Fault 10
    [Fact]
    public async Task Targets_ThatNobodyKnows_AreAllRefusedBeforeAnythingWaits()
    {
        var resolution = await _bench.WaitAsync("b", Dependency.OnAgent("A"), Dependency.OnResource("dbx"), Dependency.OnGate("units"), Dependency.OnAgent("a"));

        Assert.Equal(["dependencies[0].target", "dependencies[1].target", "dependencies[2].target"], resolution.Problems.Select(problem => problem.Place!.Path));
        Assert.All(resolution.Problems, problem => Assert.Equal("SLW5459", problem.Code));
        Assert.Equal(0, _bench.Resolver.GetPendingCount(Id));
    }

    // Fault 11, 15: what came before the wait counts, and nothing is polled.
    [Fact]
    public async Task Completion_BeforeTheWait_CountsWithoutAnyTimePassing()
    {
        _bench.Complete("a");

        Assert.Equal(TimeSpan.Zero, (await _bench.WaitAsync("b", Dependency.OnAgent("a"))).Results[0].Duration);
    }

    // Fault 13
    [Fact]
    public void Fields_ThatDoNotExist_AreNamedAndNotPassedOver()
    {
        var list = DependencyJson.Read(Json("""[{"id": "x", "type": "agent_completion", "target": "a", "time_out": 5, "metadata": {"require_sucess": false}}]"""), "b");

        Assert.Equal(["dependencies[0].metadata.require_sucess", "dependencies[0].time_out"], list.Problems.Select(problem => problem.Place!.Path).Order(StringComparer.Ordinal));
    }

    // Fault 13
    [Fact]
    public async Task Dependencies_EmptyList_IsSuccessAtOnce() =>
        Assert.True((await _bench.Resolver.ResolveAsync(Id, DependencyJson.ReadContext(Json("""{"agent_id": "b", "dependencies": []}""")))).Success);

    // Fault 16
    [Fact]
    public async Task Wait_ThatIsCancelled_EndsAndIsNotPending()
    {
        using var stop = new CancellationTokenSource();
        var wait = _bench.Resolver.ResolveAsync(Id, "b", [Dependency.OnAgent("a")], stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal("SLW5475", Assert.Single(_bench.Resolver.GetStatus(Id, "a_complete")).Failure!.Code);
        Assert.Equal(0, _bench.Resolver.GetPendingCount(Id));
    }
}
