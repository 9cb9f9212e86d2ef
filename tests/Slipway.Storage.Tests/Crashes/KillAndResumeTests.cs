using System.Collections.Concurrent;
using System.Globalization;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.CrashHost;
using Slipway.Storage.Postgres;
using Slipway.Storage.Sqlite;
using Slipway.Storage.Tests.Postgres;
using Slipway.Storage.Tests.Sqlite;
using Slipway.Testing.Postgres;

namespace Slipway.Storage.Tests.Crashes;

/// <summary>
/// A real process runs a plan of 30 steps and is ended by SIGKILL; another goes on with the run. Every step's effect is a line in
/// a file. All processes, and this one, have one journal open together.
/// </summary>
public sealed class KillAndResumeTests(PostgresFixture postgres) : SqliteJournalFixture
{
    /// <summary>More appends than the plan can need, should a run never end.</summary>
    private const int MostAppends = 500;

    private string? _store;

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task Resume_KilledAtEachAppend_EveryEffectHappensAndNothingDoneHappensAgain(string moment)
    {
        await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = DatabaseFile }, TimeProvider.System);
        var undisturbed = await UndisturbedAsync(journal);
        var killed = new ConcurrentBag<int>();
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number < MostAppends; number = Interlocked.Increment(ref next))
            {
                if (!await KillAndResumeAsync(journal, undisturbed, $"{moment}:{number}")) return;
                killed.Add(number);
            }
        })));

        // Fewer would mean that steps became durable together that must not; more, that the run never ended.
        Assert.InRange(killed.Count, 14, MostAppends - 10);
    }

    [Fact]
    public async Task Resume_KilledAtAnyInstant_EveryEffectHappensAndNothingDoneHappensAgain()
    {
        await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = DatabaseFile }, TimeProvider.System);
        var undisturbed = await UndisturbedAsync(journal);

        for (var milliseconds = 0; milliseconds < 60; milliseconds += 5) await KillAndResumeAsync(journal, undisturbed, $"milliseconds:{milliseconds}");
    }

    [Fact]
    public async Task Resume_EveryProcessIsKilledAfterTwoAppends_TheRunStillEnds()
    {
        await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = DatabaseFile }, TimeProvider.System);
        var undisturbed = await UndisturbedAsync(journal);
        var isEnded = false;
        for (var process = 0; process < MostAppends && !isEnded; process++)
        {
            var before = await LookAsync(journal, "stormy");
            AssertNothingHappenedUnrecorded(before, "stormy");
            isEnded = await RunAsync("stormy", "after:2");
            AssertNothingDoneAgain(before, await LookAsync(journal, "stormy"), "stormy");
        }

        AssertSameEnd(undisturbed, await LookAsync(journal, "stormy"), "stormy");
    }

    /// <summary>A few of the points: each costs two processes that sign in.</summary>
    [Fact]
    public async Task Resume_KilledOnPostgres_EveryEffectHappensAndNothingDoneHappensAgain()
    {
        var options = await PostgresStores.NewOptionsAsync(postgres);
        await using var store = await PostgresStore.OpenAsync(options);
        _store = StoreOf.Name(options.Schema, options.ConnectionString);
        var undisturbed = await UndisturbedAsync(store.Journal);

        foreach (var point in new[] { "before:1", "after:1", "before:2", "after:4", "before:9", "after:12" })
            Assert.True(await KillAndResumeAsync(store.Journal, undisturbed, point), $"{point}: it was not killed");
    }

    private async Task<Outlook> UndisturbedAsync(IRunJournal journal)
    {
        Assert.True(await RunAsync("undisturbed", "never"));
        var outlook = await LookAsync(journal, "undisturbed");
        Assert.Equal(30, outlook.Effects.Count);
        Assert.All(outlook.Effects, effect => Assert.Equal(1, effect.Value));
        return outlook;
    }

    /// <summary>Runs until the process kills itself at a point, then resumes in a new process and holds what came of it against the undisturbed run.</summary>
    /// <returns>False when the run came to its end before the point.</returns>
    private async Task<bool> KillAndResumeAsync(IRunJournal journal, Outlook undisturbed, string point)
    {
        if (await RunAsync(point, point)) return false;
        var before = await LookAsync(journal, point);
        AssertNothingHappenedUnrecorded(before, point);
        Assert.True(await RunAsync(point, "never"), $"{point}: the run did not end");

        var after = await LookAsync(journal, point);
        AssertNothingDoneAgain(before, after, point);
        AssertSameEnd(undisturbed, after, point);
        return true;
    }

    /// <summary>Runs one process to its end.</summary>
    /// <returns>True when the run succeeded, false when the process was killed.</returns>
    private async Task<bool> RunAsync(string runId, string point)
    {
        using var child = new CrashHostProcess("run", _store ?? DatabaseFile, runId, EffectsOf(runId), point);
        var (exitCode, output) = await child.WaitAsync();
        // A shell would call it 137: ended by signal 9.
        Assert.True(exitCode is 0 or 137 || (OperatingSystem.IsWindows() && exitCode == -1), $"{point}: exit code {exitCode}\n{output}");
        return exitCode == 0;
    }

    private async Task<Outlook> LookAsync(IRunJournal journal, string runId)
    {
        var effects = new Dictionary<string, int>();
        if (File.Exists(EffectsOf(runId)))
        {
            foreach (var line in await File.ReadAllLinesAsync(EffectsOf(runId)))
            {
                var stepId = line.Split(' ')[0];
                effects[stepId] = effects.GetValueOrDefault(stepId) + 1;
            }
        }

        var run = await RunProjection.LoadAsync(journal, runId);
        var states = run?.Steps.ToDictionary(step => step.Step.Id, step => $"{step.State} {step.Output}") ?? [];
        var attempts = run?.Steps.ToDictionary(step => step.Step.Id, step => step.Attempt) ?? [];
        return new Outlook(run?.Status, states, attempts, effects);
    }

    /// <summary>Whatever an agent did, the start of its attempt was durable before.</summary>
    private static void AssertNothingHappenedUnrecorded(Outlook before, string point)
    {
        foreach (var (stepId, count) in before.Effects)
            Assert.True(count <= before.Attempts.GetValueOrDefault(stepId), $"{point}: '{stepId}' happened {count} times, but fewer attempts are recorded");
    }

    private static void AssertNothingDoneAgain(Outlook before, Outlook after, string point)
    {
        foreach (var (stepId, state) in before.States)
        {
            if (!state.StartsWith(nameof(StepState.Succeeded), StringComparison.Ordinal)) continue;
            Assert.True(
                before.Effects[stepId] == after.Effects[stepId],
                string.Create(CultureInfo.InvariantCulture, $"{point}: '{stepId}' had succeeded and happened again: {before.Effects[stepId]} -> {after.Effects[stepId]}"));
        }
    }

    private static void AssertSameEnd(Outlook undisturbed, Outlook after, string point)
    {
        Assert.True(undisturbed.Effects.Keys.ToHashSet().SetEquals(after.Effects.Keys), $"{point}: not every step's effect happened");
        Assert.Equal(undisturbed.Status, after.Status);
        Assert.Equal(undisturbed.States, after.States);
    }

    private string EffectsOf(string runId) => Place.File($"{runId.Replace(':', '-')}.effects");

    /// <summary>How a run looks from outside.</summary>
    private sealed record Outlook(RunStatus? Status, Dictionary<string, string> States, Dictionary<string, int> Attempts, Dictionary<string, int> Effects);
}
