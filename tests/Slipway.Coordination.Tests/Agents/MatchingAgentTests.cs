using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Plans;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Agents;

public sealed class MatchingAgentTests
{
    private readonly AgentRegistry _registry = new(new ManualTimeProvider());
    private readonly MatchingAgent _matching;

    public MatchingAgentTests()
    {
        _matching = new MatchingAgent(new AgentMatcher(_registry));
        _registry.Add("anybody", _matching);
    }

    [Fact]
    public async Task RunAsync_StepThatSaysWhatItNeeds_IsDoneByTheBestAndCounted()
    {
        var coder = Register("coder", 50, null, (_, _) => ValueTask.FromResult(StepOutcome.Success));

        Assert.IsType<StepSuccess>(await RunAsync("""{"requires":["csharp"]}"""));
        Assert.Equal((1, 0), (coder.Succeeded, coder.InFlight));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"requires":[]}""")]
    [InlineData("[]")]
    public async Task RunAsync_StepThatDoesNotSay_FailsForGood(string input)
    {
        Register("coder", 50, null, (_, _) => ValueTask.FromResult(StepOutcome.Success));

        var failure = Assert.IsType<StepFailure>(await RunAsync(input)).Failure;
        Assert.Equal(("SLW5550", FailureKind.Permanent), (failure.Code, failure.Kind));
    }

    [Fact]
    public async Task RunAsync_NobodyFits_FailsForNowWhereSomebodyIsOnlyAway()
    {
        var permanent = Assert.IsType<StepFailure>(await RunAsync("""{"requires":["csharp"]}""")).Failure;
        Register("coder", 50, null, (_, _) => ValueTask.FromResult(StepOutcome.Success));
        _registry.SetStatus("coder", AgentStatus.Maintenance);
        var transient = Assert.IsType<StepFailure>(await RunAsync("""{"requires":["csharp"]}""")).Failure;

        Assert.Equal(("SLW5551", FailureKind.Permanent), (permanent.Code, permanent.Kind));
        Assert.Equal(("SLW5551", FailureKind.Transient), (transient.Code, transient.Kind));
        Assert.Contains("coder: not active", transient.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_AllAtCapacity_GoesToWhicheverIsFreeFirstAndLeavesTheOthersFree()
    {
        var (one, two) = (new TaskCompletionSource<StepOutcome>(), new TaskCompletionSource<StepOutcome>());
        var best = Register("best", 90, 1, (context, _) => context.StepId == "last" ? ValueTask.FromResult(StepOutcome.Success) : new ValueTask<StepOutcome>(one.Task));
        var next = Register("next", 10, 1, (context, _) => context.StepId == "last" ? ValueTask.FromResult(StepOutcome.Skipped("by next")) : new ValueTask<StepOutcome>(two.Task));
        var first = RunAsync("""{"requires":["csharp"]}""");
        var second = RunAsync("""{"requires":["csharp"]}""");
        var last = RunAsync("""{"requires":["csharp"]}""", "last");

        two.SetResult(StepOutcome.Success);
        Assert.IsType<StepSuccess>(await second);
        Assert.IsType<StepSkip>(await last);
        one.SetResult(StepOutcome.Success);
        await first;
        Assert.Equal((0, 0, 0, 0), (best.Capacity!.InUse, best.Capacity.Waiting, next.Capacity!.InUse, next.Capacity.Waiting));
    }

    [Fact]
    public async Task RunAsync_CancelledWhileAllAreAtCapacity_TakesNothing()
    {
        var coder = Register("coder", 50, 1, (_, _) => ValueTask.FromResult(StepOutcome.Success));
        coder.Capacity!.TryAcquire();
        using var source = new CancellationTokenSource();
        var waiting = RunAsync("""{"requires":["csharp"]}""", token: source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        coder.Capacity.Release();
        Assert.Equal((0, 0), (coder.Capacity.InUse, coder.Capacity.Waiting));
    }

    [Fact]
    public async Task RunAsync_ChosenAgentThrows_IsAFailureOfThatAgent()
    {
        var coder = Register("coder", 50, 1, (_, _) => throw new TimeoutException("too slow"));

        var failure = Assert.IsType<StepFailure>(await RunAsync("""{"requires":["csharp"]}""")).Failure;
        Assert.Equal((FailureKind.Timeout, "coder"), (failure.Kind, failure.Source));
        Assert.Equal((1, 0, 0), (coder.Failed, coder.InFlight, coder.Capacity!.InUse));
    }

    private RegisteredAgent Register(string name, int priority, int? limit, Func<StepContext, CancellationToken, ValueTask<StepOutcome>> run) =>
        _registry.Register(name, ["csharp"], priority, limit, new DelegateAgent(run));

    private Task<StepOutcome> RunAsync(string input, string id = "step", CancellationToken token = default) =>
        _matching.RunAsync(new StepContext(new Step { Id = id, Agent = "anybody", Input = JsonElement.Parse(input) }, TimeProvider.System), token).AsTask();
}
