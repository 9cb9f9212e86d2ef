using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Testing.Time;
using Xunit;

namespace Slipway.Testing.Approvals;

/// <summary>What every approval store must do. A test class of a store derives from this and gives a fresh, empty one.</summary>
public abstract class ApprovalConformance : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private IApprovalStore? _store;

    /// <summary>The clock of the store under test.</summary>
    protected ManualTimeProvider Clock { get; } = new();

    /// <summary>The store under test.</summary>
    protected IApprovalStore Store => _store ?? throw new InvalidOperationException("The store is made before each test.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _store = await CreateAsync(Clock);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CleanUpAsync();
    }

    /// <summary>A question comes back as it was asked.</summary>
    [Fact]
    public async Task RequestAsync_New_IsPendingAndComesBackWhole()
    {
        var request = Request() with { Detail = Json("""{"diff": ["+ a ⛵", 1.50]}"""), Approvers = ["ops", "Ann \"A\""], ExpiresAt = Clock.GetUtcNow() + Hour };

        var asked = await Store.RequestAsync(request);

        Assert.Equal((ApprovalStatus.Pending, null, null), (asked.Status, asked.Decision, asked.DecidedAt));
        var found = (await Store.FindAsync(request.Id))!.Request;
        Assert.Equal((request.Id, request.RunId, request.StepId, request.Question), (found.Id, found.RunId, found.StepId, found.Question));
        Assert.Equal((request.RequestedAt, request.ExpiresAt), (found.RequestedAt, found.ExpiresAt));
        Assert.Equal(request.Approvers, found.Approvers);
        Assert.Equal("1.50", found.Detail.GetProperty("diff")[1].GetRawText());
    }

    /// <summary>Without detail and expiry there are none.</summary>
    [Fact]
    public async Task RequestAsync_OnlyWhatMustBe_HasNothingMore()
    {
        await Store.RequestAsync(Request());

        var found = (await Store.FindAsync("run/step/1"))!.Request;
        Assert.Equal((JsonValueKind.Undefined, 0, null), (found.Detail.ValueKind, found.Approvers.Count, found.ExpiresAt));
    }

    /// <summary>A restarted run asks again and finds what was decided meanwhile.</summary>
    [Fact]
    public async Task RequestAsync_AskedBefore_IsLeftAsItStands()
    {
        await Store.RequestAsync(Request());
        await Store.DecideAsync("run/step/1", Yes());

        var again = await Store.RequestAsync(Request() with { Question = "Another?" });

        Assert.Equal((ApprovalStatus.Approved, "Deploy?"), (again.Status, again.Request.Question));
    }

    /// <summary>A decision counts, with its note, answer and time; the groups are not kept.</summary>
    [Theory]
    [InlineData(true, ApprovalStatus.Approved)]
    [InlineData(false, ApprovalStatus.Rejected)]
    public async Task DecideAsync_Pending_Counts(bool isApproved, ApprovalStatus status)
    {
        await Store.RequestAsync(Request());
        Clock.Advance(TimeSpan.FromSeconds(5));
        var decision = new ApprovalDecision { IsApproved = isApproved, By = "ann", Groups = ["ops"], Note = isApproved ? "fine ⛵" : "", Answer = Json("""{"size":3}""") };

        var (result, approval) = await Store.DecideAsync("run/step/1", decision);

        Assert.Equal(DecisionResult.Accepted, result);
        foreach (var known in new[] { approval!, (await Store.FindAsync("run/step/1"))! })
        {
            Assert.Equal((status, Clock.GetUtcNow()), (known.Status, known.DecidedAt));
            Assert.Equal((isApproved, "ann", isApproved ? "fine ⛵" : "", 0), (known.Decision!.IsApproved, known.Decision.By, known.Decision.Note, known.Decision.Groups.Count));
            Assert.Equal(3, known.Decision.Answer.GetProperty("size").GetInt32());
        }
    }

    /// <summary>The first decision stays.</summary>
    [Fact]
    public async Task DecideAsync_Decided_IsRefused()
    {
        await Store.RequestAsync(Request());
        await Store.DecideAsync("run/step/1", Yes());

        var (result, approval) = await Store.DecideAsync("run/step/1", Yes("bob") with { IsApproved = false });

        Assert.Equal((DecisionResult.NotPending, ApprovalStatus.Approved, "ann"), (result, approval!.Status, approval.Decision!.By));
    }

    /// <summary>Of many at once one counts.</summary>
    [Fact]
    public async Task DecideAsync_ManyAtOnce_OneCounts()
    {
        await Store.RequestAsync(Request());

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(
            async () => (number, (await Store.DecideAsync("run/step/1", Yes($"p{number}") with { IsApproved = number % 2 == 0 })).Result))));

        var (winner, _) = Assert.Single(answers, answer => answer.Result is DecisionResult.Accepted);
        Assert.Equal($"p{winner}", (await Store.FindAsync("run/step/1"))!.Decision!.By);
    }

    /// <summary>Who may: the named people, members of the named groups, anybody where none is named.</summary>
    [Fact]
    public async Task DecideAsync_ByWhomever_CountsOnlyFromApprovers()
    {
        await Store.RequestAsync(Request() with { Approvers = ["ann", "ops"] });

        Assert.Equal(DecisionResult.NotAllowed, (await Store.DecideAsync("run/step/1", Yes("bob"))).Result);
        Assert.Equal(DecisionResult.NotAllowed, (await Store.DecideAsync("run/step/1", Yes("Ann") with { Groups = ["dev"] })).Result);
        Assert.Equal(ApprovalStatus.Pending, (await Store.FindAsync("run/step/1"))!.Status);
        Assert.Equal(DecisionResult.Accepted, (await Store.DecideAsync("run/step/1", Yes("bob") with { Groups = ["dev", "ops"] })).Result);
    }

    /// <summary>What was never asked cannot be decided, waited for or found; withdrawing it does nothing.</summary>
    [Fact]
    public async Task DecideAsync_Unknown_SaysSo()
    {
        Assert.Equal((DecisionResult.Unknown, null), await Store.DecideAsync("unknown", Yes()));
        Assert.Null(await Store.FindAsync("unknown"));
        await Store.WithdrawAsync("unknown");
        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await Store.WaitAsync("unknown"));
    }

    /// <summary>After its time a question can no longer be decided.</summary>
    [Fact]
    public async Task DecideAsync_Expired_IsRefused()
    {
        await Store.RequestAsync(Request() with { ExpiresAt = Clock.GetUtcNow() + Hour });
        Clock.Advance(Hour);

        var (result, approval) = await Store.DecideAsync("run/step/1", Yes());

        Assert.Equal((DecisionResult.NotPending, ApprovalStatus.Expired), (result, approval!.Status));
        Assert.Null(approval.Decision);
        Assert.NotNull(approval.DecidedAt);
        await Store.WithdrawAsync("run/step/1");
        Assert.Equal(ApprovalStatus.Expired, (await Store.FindAsync("run/step/1"))!.Status);
    }

    /// <summary>A withdrawn question is over, with nobody's decision.</summary>
    [Fact]
    public async Task WithdrawAsync_Pending_EndsIt()
    {
        await Store.RequestAsync(Request());
        await Store.WithdrawAsync("run/step/1");

        var (result, approval) = await Store.DecideAsync("run/step/1", Yes());

        Assert.Equal((DecisionResult.NotPending, ApprovalStatus.Withdrawn, null), (result, approval!.Status, approval.Decision));
    }

    /// <summary>Who waits is told, whatever ends the question.</summary>
    [Fact]
    public async Task WaitAsync_EndsByDecisionWithdrawalOrTime_IsTold()
    {
        foreach (var step in new[] { "a", "b", "c" }) await Store.RequestAsync(Request(step) with { ExpiresAt = Clock.GetUtcNow() + Hour });
        var (a, b, c) = (Store.WaitAsync("run/a/1").AsTask(), Store.WaitAsync("run/b/1").AsTask(), Store.WaitAsync("run/c/1").AsTask());

        await Store.DecideAsync("run/a/1", Yes());
        await Store.WithdrawAsync("run/b/1");

        Assert.Equal(ApprovalStatus.Approved, (await a.WaitAsync(Patience)).Status);
        Assert.Equal(ApprovalStatus.Withdrawn, (await b.WaitAsync(Patience)).Status);
        Assert.False(c.IsCompleted);
        // What passes before the wait counts it would not count.
        while (Clock.NextDue is null) await Task.Yield();
        Clock.Advance(Hour);
        Assert.Equal(ApprovalStatus.Expired, (await c.WaitAsync(Patience)).Status);
        Assert.Equal(ApprovalStatus.Approved, (await Store.WaitAsync("run/a/1")).Status);
    }

    /// <summary>Cancelling ends the wait, not the question.</summary>
    [Fact]
    public async Task WaitAsync_Cancelled_Throws()
    {
        await Store.RequestAsync(Request());
        using var cancellation = new CancellationTokenSource();
        var waiting = Store.WaitAsync("run/step/1", cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(ApprovalStatus.Pending, (await Store.FindAsync("run/step/1"))!.Status);
    }

    /// <summary>In the order of asking, then by id; of a run, or in a state.</summary>
    [Fact]
    public async Task ListAsync_Always_OrdersByTimeThenId()
    {
        await Store.RequestAsync(Request("z"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var step in new[] { "c", "a", "b" }) await Store.RequestAsync(Request(step));
        await Store.RequestAsync(Request("x") with { Id = "other/x/1", RunId = "other" });
        await Store.DecideAsync("run/a/1", Yes());

        Assert.Equal(["run/z/1", "other/x/1", "run/a/1", "run/b/1", "run/c/1"], await IdsAsync());
        Assert.Equal(["run/z/1", "run/a/1", "run/b/1", "run/c/1"], await IdsAsync("run"));
        Assert.Equal(["run/a/1"], await IdsAsync("run", ApprovalStatus.Approved));
        Assert.Equal(["other/x/1"], await IdsAsync("other", ApprovalStatus.Pending));
    }

    /// <summary>All of a run goes, who waits is let go, and nothing of another goes.</summary>
    [Fact]
    public async Task RemoveRunAsync_Run_RemovesItsQuestions()
    {
        await Store.RequestAsync(Request("a"));
        await Store.RequestAsync(Request("b"));
        await Store.RequestAsync(Request("x") with { Id = "other/x/1", RunId = "other" });
        await Store.DecideAsync("run/b/1", Yes());
        var waiting = Store.WaitAsync("run/a/1").AsTask();

        Assert.Equal(2, await Store.RemoveRunAsync("run"));

        await Task.WhenAny(waiting).WaitAsync(Patience);
        Assert.Equal(["other/x/1"], await IdsAsync());
        Assert.Equal(0, await Store.RemoveRunAsync("run"));
    }

    /// <summary>Makes an empty store.</summary>
    protected abstract ValueTask<IApprovalStore> CreateAsync(TimeProvider time);

    /// <summary>Closes the store and removes what it left behind.</summary>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private static ApprovalDecision Yes(string by = "ann") => new() { IsApproved = true, By = by };

    private static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private ApprovalRequest Request(string step = "step") =>
        new() { Id = $"run/{step}/1", RunId = "run", StepId = step, Question = "Deploy?", RequestedAt = Clock.GetUtcNow() };

    private async Task<List<string>> IdsAsync(string? runId = null, ApprovalStatus? status = null)
    {
        var ids = new List<string>();
        await foreach (var approval in Store.ListAsync(runId, status)) ids.Add(approval.Request.Id);
        return ids;
    }
}
