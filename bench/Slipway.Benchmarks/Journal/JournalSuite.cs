using System.Globalization;
using Slipway.Benchmarks.Suites;
using Slipway.Storage.Sqlite;
using Slipway.Storage.Sqlite.Native;

namespace Slipway.Benchmarks.Journal;

/// <summary>Appends to the SQLite journal beside the bare commit rate of the same disk, taken in turns so that both see the same disk.</summary>
internal sealed class JournalSuite : ISuite
{
    private const int Repeats = 7;
    private const int SerialSteps = 1_500;
    private const int ConcurrentSteps = 20_000;
    private const int InFlight = 64;

    public string Name => "journal";

    public async Task RunAsync(TextWriter output)
    {
        using var scratch = new ScratchDirectory();
        using var bare = new BareCommits(scratch.NewFile());
        await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = scratch.NewFile() }, TimeProvider.System);
        await using var normal = SqliteJournal.Open(
            new SqliteStoreOptions { File = scratch.NewFile(), Synchronous = SqliteSynchronous.Normal }, TimeProvider.System);
        var (commits, serial, concurrent, relaxed) = (new Samples(), new Samples(), new Samples(), new Samples());
        for (var repeat = -1; repeat < Repeats; repeat++)
        {
            // The first round warms up and does not count.
            var isWarm = repeat >= 0;
            (isWarm ? commits : new Samples()).Add(() => bare.Commit(SerialSteps));
            await (isWarm ? serial : new Samples()).AddAsync(() => JournalWork.AppendSeriallyAsync(journal, $"serial-{repeat}", SerialSteps));
            await (isWarm ? concurrent : new Samples()).AddAsync(() => JournalWork.AppendConcurrentlyAsync(journal, $"concurrent-{repeat}", ConcurrentSteps, InFlight));
            await (isWarm ? relaxed : new Samples()).AddAsync(() => JournalWork.AppendSeriallyAsync(normal, $"relaxed-{repeat}", SerialSteps));
        }

        var table = new ResultTable(
            $"SQLite {SqliteLibrary.Require()}: a step is two events, its success and the next start", "what", "per second", "µs each", "of bare commits");
        var basis = SerialSteps / commits.Median.TotalSeconds;
        Row("bare commits, one insert each, FULL", SerialSteps, commits);
        Row("serial chain, one append a step, FULL", SerialSteps, serial);
        Row($"{InFlight} steps in flight, FULL", ConcurrentSteps, concurrent);
        Row("serial chain, one append a step, NORMAL", SerialSteps, relaxed);
        table.Print(output);

        void Row(string what, int count, Samples samples)
        {
            var rate = count / samples.Median.TotalSeconds;
            table.Add(what, rate.ToString("N0", CultureInfo.InvariantCulture), (1e6 / rate).ToString("N1", CultureInfo.InvariantCulture), (rate / basis).ToString("N2", CultureInfo.InvariantCulture));
        }
    }
}
