using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Cli.Tests.Commands.Runs;
using Slipway.Coordination.Locks;

namespace Slipway.Cli.Tests.Commands.Locks;

public sealed class LocksVerbTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly RecordedRuns _runs;

    public LocksVerbTests() => _runs = new RecordedRuns(_cli);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task List_WhereNothingIsHeld_SaysSo()
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("locks", "list"));

        Assert.Equal("Nothing is locked.\n", _cli.Output);
    }

    [Fact]
    public async Task List_HeldResources_NamesWhoHoldsEach()
    {
        var grant = await TakeAsync("up-1", "deploy", "k8s:prod/api", "aws:vpc/main");

        await _cli.RunAsync("locks", "list");
        Assert.Matches($@"(?m)^aws:vpc/main +up-1 +deploy +{grant.FencingToken} +\d{{4}}-.* host/7$", _cli.Output);

        await _cli.RunAsync("locks", "list", "-o", "json");
        var locks = JsonDocument.Parse(_cli.Output).RootElement.GetProperty("locks").EnumerateArray().ToList();
        Assert.Equal(["aws:vpc/main", "k8s:prod/api"], locks.Select(held => held.GetProperty("resource").GetString()));
        Assert.Equal(("up-1", "deploy", "up shop"), (locks[0].GetProperty("run").GetString(), locks[0].GetProperty("step").GetString(), locks[0].GetProperty("reason").GetString()));
        Assert.Equal(grant.FencingToken, locks[0].GetProperty("token").GetInt64());
    }

    [Fact]
    public async Task Break_WithoutYes_SaysWhatItMeansAndLeavesTheLock()
    {
        var grant = await TakeAsync("up-1", "deploy", "k8s:prod/api", "aws:vpc/main");

        Assert.Equal(ExitCodes.Refused, await _cli.RunAsync("locks", "break", "k8s:prod/api"));

        Assert.Contains("aws:vpc/main: held by step 'deploy' of run 'up-1' (host/7) since ", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("larger fencing token", _cli.Error, StringComparison.Ordinal);
        Assert.EndsWith(
            "error SLW1022: 'k8s:prod/api' is held, and was left to its holder. Fix: see that nobody acts on it, then run the command again with --yes\n",
            _cli.Error,
            StringComparison.Ordinal);
        Assert.Single(await RenewAsync(grant));
    }

    [Fact]
    public async Task Break_WithYes_TakesTheWholeGrantAndTheOldHolderIsFencedOff()
    {
        var old = await TakeAsync("up-1", "deploy", "k8s:prod/api", "aws:vpc/main");

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("locks", "break", "k8s:prod/api", "--yes", "-o", "json"));

        Assert.Equal(
            ["aws:vpc/main", "k8s:prod/api"],
            JsonDocument.Parse(_cli.Output).RootElement.GetProperty("broken").EnumerateArray().Select(held => held.GetProperty("resource").GetString()));
        Assert.Empty(await RenewAsync(old));
        var next = await TakeAsync("up-2", "deploy", "aws:vpc/main");
        Assert.True(next.FencingToken > old.FencingToken);
        await using var store = _runs.OpenStore();
        await store.Locks.ReleaseAsync(old, TestContext.Current.CancellationToken);
        Assert.Single(await store.Locks.ListAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Break_WhatSomebodyWaitsFor_LetsThemGoOn()
    {
        await TakeAsync("up-1", "deploy", "k8s:prod/api");
        await using var store = _runs.OpenStore();
        var waiting = store.Locks.AcquireAsync(Request("up-2", "deploy", ["k8s:prod/api"]), onBlocked: null, TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("locks", "break", "k8s:prod/api", "--yes"));

        Assert.Equal("up-2", (await waiting).RunId);
        Assert.StartsWith("k8s:prod/api: broken, was held by step 'deploy' of run 'up-1'", _cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k8s:prod/app", "did you mean 'k8s:prod/api'?")]
    [InlineData("something else", "see 'slipway locks list', and name the platform's folder with --dir")]
    public async Task Break_WhatNobodyHolds_SaysSo(string resource, string fix)
    {
        await TakeAsync("up-1", "deploy", "k8s:prod/api");

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("locks", "break", resource, "--yes"));

        Assert.Equal($"error SLW1021: nobody holds '{resource}'. Fix: {fix}\n", _cli.Error);
    }

    private static LockRequest Request(string runId, string stepId, string[] resources) => new()
    {
        RunId = runId,
        StepId = stepId,
        Owner = "host/7",
        Resources = resources,
        Duration = TimeSpan.FromHours(1),
        Reason = "up shop",
    };

    private async Task<LockGrant> TakeAsync(string runId, string stepId, params string[] resources)
    {
        await using var store = _runs.OpenStore();
        return await store.Locks.AcquireAsync(Request(runId, stepId, resources), onBlocked: null, TestContext.Current.CancellationToken);
    }

    private async Task<IReadOnlyList<LockGrant>> RenewAsync(LockGrant grant)
    {
        await using var store = _runs.OpenStore();
        return await store.Locks.RenewAsync([grant], TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
    }
}
