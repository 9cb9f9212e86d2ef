using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite;
using Slipway.Testing.Time;

namespace Slipway.Storage.Tests.Sqlite;

/// <summary>Whatever is done to them, the journal in SQLite and the one in memory answer alike.</summary>
public sealed class JournalModelTests : IDisposable
{
    private static readonly string[] RunIds = ["a", "b", "ä/⛵"];

    private readonly TemporaryDirectory _directory = new();
    private int _files;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void AnyOperations_SqliteAndMemory_AnswerAlike()
    {
        var operation =
            from kind in Gen.Elements(Enum.GetValues<Kind>())
            from run in Gen.Choose(0, RunIds.Length - 1)
            from lease in Gen.Choose(0, 3)
            from number in Gen.Choose(0, 4)
            select new Operation(kind, run, lease, number);
        var property = Prop.ForAll(operation.ListOf().ToArbitrary(), AnswersAlike);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(60).WithReplay(2026, 1121), property);
    }

    private bool AnswersAlike(IList<Operation> operations)
    {
        var clock = new ManualTimeProvider();
        var options = new SqliteStoreOptions { File = _directory.File($"{++_files}.db"), Synchronous = SqliteSynchronous.Normal };
        var sqlite = SqliteJournal.Open(options, clock);
        var inMemory = new InMemoryJournal(clock);
        var leases = new List<RunLease>();
        foreach (var operation in operations)
        {
            var answers = (Do(sqlite, operation, leases), Do(inMemory, operation, leases));
            Assert.Equal(answers.Item2.Text, answers.Item1.Text);
            if (answers.Item1.Lease is { } lease) leases.Insert(0, lease);
            if (operation.Kind == Kind.Wait) clock.Advance(TimeSpan.FromSeconds(operation.Number * 7));
        }

        foreach (var runId in RunIds) Assert.Equal(Read(inMemory, runId, 0), Read(sqlite, runId, 0));
        var closing = sqlite.DisposeAsync().AsTask();
        return closing.IsCompletedSuccessfully;
    }

    private static (string Text, RunLease? Lease) Do(IRunJournal journal, Operation operation, List<RunLease> leases)
    {
        var runId = RunIds[operation.Run];
        var lease = operation.Lease < leases.Count ? leases[operation.Lease] : new RunLease(runId, "nobody", 77, DateTimeOffset.UnixEpoch);
        switch (operation.Kind)
        {
            case Kind.Acquire:
                var acquired = Answer(journal.TryAcquireAsync(runId, $"owner-{operation.Lease}", TimeSpan.FromSeconds(20)));
                return ($"{acquired}", acquired);
            case Kind.Renew:
                var renewed = Answer(journal.TryRenewAsync(lease, TimeSpan.FromSeconds(20)));
                return ($"{renewed}", renewed);
            case Kind.Release:
                return (Answer(ReleaseAsync(journal, lease)), null);
            case Kind.Look:
                return ($"{Answer(journal.GetLeaseAsync(runId))}", null);
            case Kind.Append:
                return (Answer(AppendAsync(journal, lease, operation.Number)), null);
            case Kind.Read:
                return (Read(journal, runId, operation.Number), null);
            case Kind.List:
                return (string.Join(", ", journal.ListRunsAsync().ToBlockingEnumerable()), null);
            case Kind.Delete:
                return ($"{Answer(journal.TryDeleteAsync(runId))}", null);
            default:
                return ("", null);
        }
    }

    private static string Read(IRunJournal journal, string runId, long after) =>
        string.Join('\n', journal.ReadAsync(runId, after).ToBlockingEnumerable());

    private static async ValueTask<string> ReleaseAsync(IRunJournal journal, RunLease lease)
    {
        await journal.ReleaseAsync(lease);
        return "released";
    }

    private static async ValueTask<string> AppendAsync(IRunJournal journal, RunLease lease, int number)
    {
        try
        {
            var known = journal.ReadAsync(lease.RunId).ToBlockingEnumerable().Count();
            // Now and then somebody has missed an event.
            var expected = number == 4 ? known + 1 : known;
            RunEvent[] events = [.. Enumerable.Range(0, 1 + number).Select(index => new StepStarted($"step-{index}", number + 1))];
            return $"{await journal.AppendAsync(lease, expected, events)}";
        }
        catch (JournalConflictException)
        {
            return "conflict";
        }
    }

    private static T Answer<T>(ValueTask<T> answer) => answer.AsTask().GetAwaiter().GetResult();

    private sealed record Operation(Kind Kind, int Run, int Lease, int Number);

    private enum Kind
    {
        Acquire,
        Renew,
        Release,
        Look,
        Append,
        Read,
        List,
        Delete,
        Wait,
    }
}
