using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.CrashHost;
using Slipway.Storage.Tests.Postgres;
using Slipway.Testing.Postgres;

namespace Slipway.Storage.Tests.Crashes;

/// <summary>Two engines in two processes on one journal share its runs; one is killed, and the other takes over what it held.</summary>
public sealed class TwoEnginesTests(PostgresFixture postgres) : IDisposable
{
    private const int Runs = 6;
    private readonly TemporaryDirectory _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Share_OneIsKilled_TheOtherTakesOverAndNothingDoneHappensAgain(string kind)
    {
        var (name, journal, store) = await OpenAsync(kind);
        await using var _ = store;
        for (var run = 0; run < Runs; run++) await BeginAsync(journal, $"run-{run}");
        using var victim = new CrashHostProcess("share", name, "one", Effects("one"), "after:8");
        using var heir = new CrashHostProcess("share", name, "two", Effects("two"), "never");
        Assert.Equal("open", await victim.ListenAsync());
        Assert.Equal("open", await heir.ListenAsync());

        // A run takes more appends than the victim has left, so that it dies with the first that it takes.
        var killed = victim.AskAsync("go");
        while (!killed.IsCompleted && !await HoldsAnyAsync(journal, "one")) await Task.Yield();
        var done = heir.AskAsync("go");

        Assert.Null(await killed);
        Assert.Equal("done", await done);
        var (events, attempts) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var projection = (await RunProjection.LoadAsync(journal, $"run-{run}"))!;
            Assert.Equal(RunStatus.Succeeded, projection.Status);
            attempts += projection.Steps.Sum(step => step.Attempt);
            await foreach (var entry in journal.ReadAsync($"run-{run}")) events += entry.Event is StepSucceeded ? 1 : 0;
        }

        // Each step succeeded once; each effect belongs to a recorded attempt, so that only what was cut off happened twice.
        Assert.Equal(Runs * 30, events);
        var effects = Lines("one").Concat(Lines("two")).ToList();
        Assert.InRange(effects.Count, Runs * 30, attempts);
        Assert.NotEmpty(Lines("one"));
        Assert.NotEmpty(Lines("two"));
    }

    private static async Task<bool> HoldsAnyAsync(IRunJournal journal, string owner)
    {
        for (var run = 0; run < Runs; run++)
        {
            if ((await journal.GetLeaseAsync($"run-{run}"))?.Owner == owner) return true;
        }

        return false;
    }

    private async Task<(string Name, IRunJournal Journal, IAsyncDisposable Store)> OpenAsync(string kind)
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

    /// <summary>A run that somebody began and gave back.</summary>
    private static async Task BeginAsync(IRunJournal journal, string runId)
    {
        var lease = (await journal.TryAcquireAsync(runId, "test", TimeSpan.FromMinutes(1)))!;
        await journal.AppendAsync(lease, 0, [new RunStarted(runId, MixedPlan.Create()), new RunPaused("for others to go on")]);
        await journal.ReleaseAsync(lease);
    }

    private string Effects(string owner) => _place.File($"{owner}.effects");

    private string[] Lines(string owner) => File.Exists(Effects(owner)) ? File.ReadAllLines(Effects(owner)) : [];
}
