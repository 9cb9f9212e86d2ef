using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Cli.Tests.Commands.Runs;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Tests.Commands.Approvals;

public sealed class ApprovalsVerbTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly RecordedRuns _runs;

    public ApprovalsVerbTests()
    {
        _runs = new RecordedRuns(_cli);
        _cli.SetVariable("USER", "ann");
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task List_WhereNothingWasAsked_SaysSo()
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("approvals", "list"));
        Assert.Equal("No run has asked a person yet.\n", _cli.Output);

        await _runs.RunAsync("up-1", fails: false);
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("approvals", "list", "--pending"));
        Assert.Equal("Nothing waits for a person.\n", _cli.Output);
    }

    [Fact]
    public async Task List_Pending_LeavesOutWhatIsSettled()
    {
        await AskAsync("up-1/first/1");
        await AskAsync("up-2/first/1");
        await _cli.RunAsync("approvals", "approve", "up-1");

        await _cli.RunAsync("approvals", "list");
        Assert.Matches(@"(?m)^up-1/first/1 +approved +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +anybody +May it go on\?$", _cli.Output);
        Assert.Matches(@"(?m)^up-2/first/1 +pending ", _cli.Output);

        await _cli.RunAsync("approvals", "list", "--pending", "-o", "json");
        var approval = Assert.Single(JsonDocument.Parse(_cli.Output).RootElement.GetProperty("approvals").EnumerateArray());
        Assert.Equal("up-2/first/1", approval.GetProperty("id").GetString());
        Assert.Equal(("up-2", "first"), (approval.GetProperty("run").GetString(), approval.GetProperty("step").GetString()));
    }

    [Fact]
    public async Task Show_PendingQuestion_TellsAllThatIsNeededToDecide()
    {
        await AskAsync("up-1/first/1", ["ann", "ops"], detail: """{"replicas_of": {"API": 3}}""", expiry: TimeSpan.FromDays(1));

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("approvals", "show", "up-1"));

        var lines = _cli.Output.Split('\n');
        Assert.Equal(["up-1/first/1  pending", "May it go on?"], lines[..2]);
        Assert.Matches(@"^asked \d{4}-.* UTC by step 'first' of run 'up-1', open until \d{4}-.* UTC$", lines[2]);
        Assert.Equal(["may be decided by ann, ops", "detail:", "  replicas_of:", "    API: 3"], lines[3..7]);
        Assert.EndsWith("Next: slipway approvals approve up-1/first/1, or reject\n", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_PendingQuestion_KeepsWhoWhyAndTheAnswer()
    {
        await AskAsync("up-1/first/1");

        Assert.Equal(
            ExitCodes.Done,
            await _cli.RunAsync("approvals", "approve", "up-1/first", "--by", "bob", "--note", "seen it", "--answer", """{"Max_size": [1, null]}""", "-o", "json"));

        Assert.Equal("up-1/first/1: approved by bob\n", _cli.Error);
        var document = JsonDocument.Parse(_cli.Output).RootElement;
        Assert.Equal(("approved", "bob", "seen it"), (document.GetProperty("status").GetString(), document.GetProperty("by").GetString(), document.GetProperty("note").GetString()));
        Assert.Equal(JsonValueKind.Null, document.GetProperty("answer").GetProperty("Max_size")[1].ValueKind);
        var approval = await FindAsync("up-1/first/1");
        Assert.Equal(ApprovalStatus.Approved, approval!.Status);
        Assert.Equal(1, approval.Decision!.Answer.GetProperty("Max_size")[0].GetInt32());
    }

    [Fact]
    public async Task Reject_WithoutBy_IsByTheUserOfTheSession()
    {
        await AskAsync("up-1/first/1");

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("approvals", "reject", "up-1", "--note", "not on a Friday"));

        Assert.Equal("up-1/first/1: rejected by ann\n", _cli.Error);
        Assert.Equal("", _cli.Output);
        await _cli.RunAsync("approvals", "show", "up-1");
        Assert.Matches(@"rejected \d{4}-.* UTC by ann: not on a Friday\n$", _cli.Output);
    }

    [Fact]
    public async Task Approve_BySomebodyWhoMayNot_IsRefusedAndNamesWhoMay()
    {
        await AskAsync("up-1/first/1", ["ann", "ops"]);

        Assert.Equal(ExitCodes.Refused, await _cli.RunAsync("approvals", "approve", "up-1", "--by", "bob"));

        Assert.Equal(
            "error SLW1020: 'bob' is none of those who may decide 'up-1/first/1': ann, ops. Fix: let one of them decide; who belongs to a group that may says so with --group\n",
            _cli.Error);
        Assert.Equal(ApprovalStatus.Pending, (await FindAsync("up-1/first/1"))!.Status);
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("approvals", "approve", "up-1", "--by", "bob", "--group", "dev", "--group", "ops"));
    }

    [Fact]
    public async Task Decide_Twice_KeepsTheFirstAndSaysWhoseItWas()
    {
        await AskAsync("up-1/first/1");
        await _cli.RunAsync("approvals", "approve", "up-1");

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("approvals", "reject", "up-1", "--by", "bob"));

        Assert.Matches(
            @"^error SLW1019: the question 'up-1/first/1' is no longer open: ann approved it at .* UTC\. Fix: that stays; see 'slipway approvals list --pending' for what is open\n$",
            _cli.Error);
        Assert.Equal("ann", (await FindAsync("up-1/first/1"))!.Decision!.By);
    }

    [Fact]
    public async Task Approve_AfterItsTime_SaysThatItExpired()
    {
        await AskAsync("up-1/first/1", expiry: TimeSpan.FromDays(-1));

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("approvals", "approve", "up-1"));

        Assert.StartsWith("error SLW1019: the question 'up-1/first/1' is no longer open: it expired at ", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_WhatItsRunWithdrew_SaysThat()
    {
        await AskAsync("up-1/first/1");
        await using (var store = _runs.OpenStore()) await store.Approvals.WithdrawAsync("up-1/first/1", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("approvals", "approve", "up-1"));

        Assert.Contains("its run withdrew it at ", _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("approve")]
    [InlineData("reject")]
    public async Task Approvals_OfAnUnknownId_SayThat(string verb)
    {
        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("approvals", verb, "up-9"));

        Assert.Equal("error SLW1018: there is no question 'up-9'. Fix: see 'slipway approvals list', and name the platform's folder with --dir\n", _cli.Error);
    }

    [Fact]
    public async Task Approve_BeginningOfTwo_NamesBoth()
    {
        await AskAsync("up-1/first/1");
        await AskAsync("up-1/second/1");

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("approvals", "approve", "up-1"));

        Assert.Equal("error SLW1018: 'up-1' is the beginning of 2 questions: up-1/first/1, up-1/second/1. Fix: write more of the id\n", _cli.Error);
    }

    [Fact]
    public async Task Approve_ByNobody_IsWrongUsage()
    {
        _cli.SetVariable("USER", "");

        Assert.Equal(ExitCodes.Usage, await _cli.RunAsync("approvals", "approve", "up-1"));

        Assert.StartsWith("error SLW1001: say who decides with --by\n", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_AnswerThatIsNoJson_IsWrongUsage()
    {
        Assert.Equal(ExitCodes.Usage, await _cli.RunAsync("approvals", "approve", "up-1", "--answer", "blue"));

        Assert.StartsWith("error SLW1001: --answer takes JSON, in which text has quotes of its own, not 'blue'\n", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_WhileARunWaits_LetsItGoOn()
    {
        await using var store = _runs.OpenStore();
        var engine = await RecordedRuns.AskAsync(store, "up-1");
        var run = engine.ResumeAsync("up-1", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("approvals", "approve", "up-1", "--note", "go"));

        var result = await run;
        Assert.Equal(RunStatus.Succeeded, result.Status);
        Assert.Equal("go", result.Run!["first"].NewestDecision!.Decision!.Note);
    }

    [Fact]
    public async Task Cancel_OfARunThatWaits_WithdrawsItsQuestion()
    {
        await using (var store = _runs.OpenStore()) await RecordedRuns.AskAsync(store, "up-1");

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "cancel", "up-1"));

        await _cli.RunAsync("approvals", "list", "-o", "json");
        Assert.Equal("withdrawn", JsonDocument.Parse(_cli.Output).RootElement.GetProperty("approvals")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Prune_OfARun_RemovesItsQuestions()
    {
        await _runs.RunAsync("up-1", fails: false);
        await AskAsync("up-1/first/1");

        await _cli.RunAsync("runs", "prune", "--keep", "0");

        Assert.Null(await FindAsync("up-1/first/1"));
    }

    private async Task AskAsync(string id, IReadOnlyList<string>? approvers = null, string? detail = null, TimeSpan? expiry = null)
    {
        await using var store = _runs.OpenStore();
        var parts = id.Split('/');
        await store.Approvals.RequestAsync(
            new ApprovalRequest
            {
                Id = id,
                RunId = parts[0],
                StepId = parts[1],
                Question = "May it go on?",
                Approvers = approvers ?? [],
                Detail = detail is null ? default : JsonDocument.Parse(detail).RootElement,
                RequestedAt = TimeProvider.System.GetUtcNow(),
                ExpiresAt = TimeProvider.System.GetUtcNow() + expiry,
            },
            TestContext.Current.CancellationToken);
    }

    private async Task<Approval?> FindAsync(string id)
    {
        await using var store = _runs.OpenStore();
        return await store.Approvals.FindAsync(id, TestContext.Current.CancellationToken);
    }
}
