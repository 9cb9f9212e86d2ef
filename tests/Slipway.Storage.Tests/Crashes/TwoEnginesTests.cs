using System.Globalization;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.CrashHost;
using Slipway.Storage.Tests.Postgres;
using Slipway.Testing.Postgres;

namespace Slipway.Storage.Tests.Crashes;

/// <summary>Two hosts in two processes on one journal share its runs; one is killed, and the other takes over what it held.</summary>
public sealed class TwoEnginesTests(PostgresFixture postgres) : IDisposable
{
    private const int Runs = 40;
    private const int Steps = 30;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Share_OneIsKilled_TheOtherTakesOverAndNothingDoneHappensAgain(string kind)
    {
        var (name, journal, store) = await OpenAsync(kind);
        await using var _ = store;
        var submitter = new RunEngine(journal, [], new RunOptions { Owner = "test" });
        for (var run = 0; run < Runs; run++) Assert.Empty((await submitter.SubmitAsync(new RunRequest { RunId = $"run-{run}", Plan = MixedPlan.Create() })).Problems);
        using var victim = new CrashHostProcess("share", name, "one", Effects("one"), "after:150");
        using var heir = new CrashHostProcess("share", name, "two", Effects("two"), "never");
        Assert.Equal("open", await victim.ListenAsync());
        Assert.Equal("open", await heir.ListenAsync());

        // Both take part before one dies, in the middle of several runs.
        Assert.StartsWith("began", await victim.AskAsync("go"), StringComparison.Ordinal);
        Assert.StartsWith("began", await heir.AskAsync("go"), StringComparison.Ordinal);
        while (await victim.ListenAsync() is not null)
        {
        }

        var open = await FindOpenAsync(journal);
        Assert.NotEmpty(open);
        while (open.Count > 0)
        {
            var line = await heir.ListenAsync();
            Assert.NotNull(line);
            if (line.StartsWith("ended ", StringComparison.Ordinal)) open.Remove(line["ended ".Length..]);
        }

        Assert.Equal("done", await AskToStopAsync(heir));
        Assert.NotEmpty(Lines("one"));
        Assert.NotEmpty(Lines("two"));
        await AssertDoneOnceAsync(journal);
    }

    /// <summary>Each step succeeded once, with its last attempt; each attempt had its effect once at most, and none that is not recorded.</summary>
    private async Task AssertDoneOnceAsync(IRunFeed journal)
    {
        var effects = Lines("one").Concat(Lines("two")).ToList();
        Assert.Equal(effects.Count, effects.Distinct(StringComparer.Ordinal).Count());
        var happened = effects.ToHashSet(StringComparer.Ordinal);
        var attempts = 0;
        for (var run = 0; run < Runs; run++)
        {
            var runId = $"run-{run}";
            var projection = (await RunProjection.LoadAsync(journal, runId))!;
            Assert.Equal(RunStatus.Succeeded, projection.Status);
            Assert.Null(await journal.GetLeaseAsync(runId));
            attempts += projection.Steps.Sum(step => step.Attempt);
            var succeeded = new Dictionary<string, int>();
            await foreach (var entry in journal.ReadAsync(runId))
            {
                if (entry.Event is StepSucceeded success) succeeded.Add(success.StepId, success.Attempt);
            }

            Assert.Equal(Steps, succeeded.Count);
            foreach (var (step, attempt) in succeeded)
            {
                Assert.Equal(projection[step].Attempt, attempt);
                Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{step} {attempt} {runId}"), happened);
            }
        }

        Assert.InRange(effects.Count, Runs * Steps, attempts);
    }

    private static async Task<HashSet<string>> FindOpenAsync(IRunFeed journal)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        for (var run = 0; run < Runs; run++)
        {
            if ((await RunProjection.LoadAsync(journal, $"run-{run}"))!.Status is RunStatus.Running or RunStatus.Paused) open.Add($"run-{run}");
        }

        return open;
    }

    private static async Task<string?> AskToStopAsync(CrashHostProcess host)
    {
        var line = await host.AskAsync("stop");
        while (line is not (null or "done")) line = await host.ListenAsync();
        return line;
    }

    private async Task<(string Name, IRunFeed Journal, IAsyncDisposable Store)> OpenAsync(string kind)
    {
        var name = _place.File("journal.db");
        if (kind == "postgres")
        {
            var options = await PostgresStores.NewOptionsAsync(postgres);
            name = StoreOf.Name(options.Schema, options.ConnectionString);
        }

        var (journal, store) = await StoreOf.OpenAsync(name);
        return (name, journal, store);
    }

    private string Effects(string owner) => _place.File($"{owner}.effects");

    private string[] Lines(string owner) => File.Exists(Effects(owner)) ? File.ReadAllLines(Effects(owner)) : [];
}
