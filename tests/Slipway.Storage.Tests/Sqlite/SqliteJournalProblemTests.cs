using System.Text;
using Slipway.Coordination.Journal;
using Slipway.Storage.Sqlite;
using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Tests.Sqlite;

/// <summary>Files that are no good journal: each is told by one diagnostic, and left as it was.</summary>
public sealed class SqliteJournalProblemTests : SqliteJournalFixture
{
    [Fact]
    public void Open_TextFile_IsForeignAndUntouched()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("not a database\n", 1_000)));
        File.WriteAllBytes(DatabaseFile, text);

        Assert.Equal("SLW5202", CodeOf(() => Open()));
        Assert.Equal(text, File.ReadAllBytes(DatabaseFile));
        Assert.Single(Directory.GetFiles(Place.Path));
    }

    [Fact]
    public void Open_DatabaseOfAnotherProgram_IsForeignAndUntouched()
    {
        using (var other = SqliteDatabase.Open(DatabaseFile, create: true, TimeSpan.Zero)) other.Execute("CREATE TABLE t (a)");
        var before = File.ReadAllBytes(DatabaseFile);

        Assert.Equal("SLW5202", CodeOf(() => Open()));
        Assert.Equal(before, File.ReadAllBytes(DatabaseFile));
    }

    [Fact]
    public async Task Open_NewerSchema_IsRefusedAndUntouched()
    {
        await using (var journal = Open()) journal.Writing.Execute("PRAGMA user_version=99");

        var newer = Assert.Throws<StorageException>(() => Open()).Diagnostic;

        Assert.Equal("SLW5203", newer.Code);
        Assert.Contains("99", newer.Detail, StringComparison.Ordinal);
        using var database = SqliteDatabase.Open(DatabaseFile, create: false, TimeSpan.Zero);
        Assert.Equal(99, database.QueryInt64("PRAGMA user_version"));
    }

    [Fact]
    public async Task Open_EmptyFile_BecomesAJournal()
    {
        await File.WriteAllBytesAsync(DatabaseFile, []);

        await using var journal = Open();

        await AcquireAsync(journal, "run");
    }

    [Fact]
    public async Task ReadAsync_DamagedPages_IsCorruptAndOtherCallsSayTheSame()
    {
        await using (var journal = Open())
        {
            var lease = await AcquireAsync(journal, "run");
            for (var batch = 0; batch < 10; batch++)
                await journal.AppendAsync(lease, batch * 200, [.. Enumerable.Range(batch * 200, 200).Select(Ready)]);
        }

        using (var file = File.OpenWrite(DatabaseFile))
        {
            // Events lie there; the tables are described at the beginning.
            file.Position = file.Length / 2 / 4096 * 4096;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)(file.Length - file.Position)).ToArray());
        }

        await using var damaged = Open();
        var corrupt = await Assert.ThrowsAsync<StorageException>(() => ReadAsync(damaged, "run"));
        Assert.Equal("SLW5201", corrupt.Diagnostic.Code);
        Assert.Equal(DatabaseFile, corrupt.Diagnostic.Place?.File);
        Assert.NotNull(corrupt.Diagnostic.Fix);
    }

    [Fact]
    public async Task Open_TruncatedFile_IsCorruptOrForeign()
    {
        await using (var journal = Open()) await journal.AppendAsync(await AcquireAsync(journal, "run"), 0, [Large(100_000)]);
        using (var file = File.OpenWrite(DatabaseFile)) file.SetLength(4096 + 100);

        var problem = await Assert.ThrowsAsync<StorageException>(async () =>
        {
            await using var journal = Open();
            await ReadAsync(journal, "run");
        });

        Assert.Contains(problem.Diagnostic.Code, new[] { "SLW5201", "SLW5202" });
    }

    [Fact]
    public void Open_NoSuchDirectory_IsNotWritable()
    {
        var options = new SqliteStoreOptions { File = Path.Combine(Place.Path, "missing", "journal.db") };

        Assert.Equal("SLW5204", CodeOf(() => SqliteJournal.Open(options, Clock)));
        Assert.Empty(Directory.GetFileSystemEntries(Place.Path));
    }

    [Fact]
    public void Open_MissingFileThatMustExist_IsNotWritable()
    {
        var options = new SqliteStoreOptions { File = DatabaseFile, CreateIfMissing = false };

        Assert.Equal("SLW5204", CodeOf(() => SqliteJournal.Open(options, Clock)));
        Assert.Empty(Directory.GetFiles(Place.Path));
    }

    [Fact]
    public void Open_Directory_IsNotWritable()
    {
        Directory.CreateDirectory(DatabaseFile);

        Assert.Equal("SLW5204", CodeOf(() => Open()));
    }

    [Fact]
    public async Task Open_ReadOnlyFile_IsNotWritable()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This user may write files that are read-only.");
        await using (var journal = Open()) await AcquireAsync(journal, "run");
        File.SetAttributes(DatabaseFile, FileAttributes.ReadOnly);

        Assert.Equal("SLW5204", CodeOf(() => Open()));
        File.SetAttributes(DatabaseFile, FileAttributes.Normal);
    }

    [Fact]
    public async Task AppendAsync_DiskFull_KeepsWhatWasAndGoesOnWhenThereIsRoom()
    {
        await using var journal = Open();
        var lease = await AcquireAsync(journal, "run");
        await journal.AppendAsync(lease, 0, [Ready(1)]);
        journal.Writing.QueryInt64("PRAGMA max_page_count=20");

        var full = await Assert.ThrowsAsync<StorageException>(async () => await journal.AppendAsync(lease, 1, [Ready(2), Large(500_000)]));

        Assert.Equal("SLW5205", full.Diagnostic.Code);
        Assert.Equal([Ready(1)], (await ReadAsync(journal, "run")).Select(entry => entry.Event));
        Assert.Equal(2, await journal.AppendAsync(lease, 1, [Ready(2)]));
        journal.Writing.QueryInt64("PRAGMA max_page_count=100000");
        Assert.Equal(3, await journal.AppendAsync(lease, 2, [Large(500_000)]));
    }

    [Fact]
    public async Task AppendAsync_OneOfAGroupDoesNotFit_TheOthersArrive()
    {
        await using var journal = Open();
        await using var other = Open();
        var large = await AcquireAsync(journal, "large");
        var small = new[] { await AcquireAsync(journal, "a"), await AcquireAsync(journal, "b"), await AcquireAsync(journal, "c") };
        journal.Writing.QueryInt64("PRAGMA max_page_count=20");
        other.Writing.Execute("BEGIN IMMEDIATE");
        var first = Task.Run(async () => await journal.AppendAsync(small[0], 0, [Ready(1)]));
        while (!journal.IsWriting) await Task.Yield();
        var second = journal.AppendAsync(small[1], 0, [Ready(1)]).AsTask();
        var third = journal.AppendAsync(large, 0, [Large(500_000)]).AsTask();
        var fourth = journal.AppendAsync(small[2], 0, [Ready(1)]).AsTask();
        other.Writing.Execute("ROLLBACK");

        long[] sequences = await Task.WhenAll(first, second, fourth);
        Assert.Equal([1L, 1, 1], sequences);
        Assert.Equal("SLW5205", (await Assert.ThrowsAsync<StorageException>(() => third)).Diagnostic.Code);
        Assert.Empty(await ReadAsync(journal, "large"));
    }

    [Fact]
    public async Task ReadAsync_EventOfANewerFormat_NamesTheEvent()
    {
        await using var journal = Open();
        await journal.AppendAsync(await AcquireAsync(journal, "run"), 0, [Ready(1), Ready(2)]);
        journal.Writing.Execute("""UPDATE events SET payload = '{"type":"from_the_future"}' WHERE event_no & 0xffffffff = 2""");

        var unreadable = await Assert.ThrowsAsync<StorageException>(() => ReadAsync(journal, "run"));

        Assert.Equal("SLW5209", unreadable.Diagnostic.Code);
        Assert.Contains("Event 2 of run 'run'", unreadable.Diagnostic.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_EventThatSomebodyRemoved_NamesTheEvent()
    {
        await using var journal = Open();
        await journal.AppendAsync(await AcquireAsync(journal, "run"), 0, [Ready(1), Ready(2), Ready(3)]);
        journal.Writing.Execute("DELETE FROM events WHERE event_no & 0xffffffff = 2");

        var unreadable = await Assert.ThrowsAsync<StorageException>(() => ReadAsync(journal, "run"));

        Assert.Equal("SLW5209", unreadable.Diagnostic.Code);
        Assert.Contains("Event 2 of run 'run'", unreadable.Diagnostic.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_TableThatSomebodyRemoved_IsCorrupt()
    {
        await using (var journal = Open()) journal.Writing.Execute("DROP TABLE leases");

        Assert.Equal("SLW5201", CodeOf(() => Open()));
    }

    [Fact]
    public async Task AppendAsync_AnotherProgramHoldsTheFile_AllWhoWaitAreToldAtOnce()
    {
        await using var journal = Open(TimeSpan.FromMilliseconds(500));
        await using var other = Open();
        var leases = new[] { await AcquireAsync(journal, "a"), await AcquireAsync(journal, "b"), await AcquireAsync(journal, "c"), await AcquireAsync(journal, "d") };
        other.Writing.Execute("BEGIN IMMEDIATE");
        var first = Task.Run(async () => await journal.AppendAsync(leases[0], 0, [Ready(1)]));
        while (!journal.IsWriting && !first.IsCompleted) await Task.Yield();
        var group = leases[1..].Select(lease => journal.AppendAsync(lease, 0, [Ready(1)]).AsTask()).ToList();

        Assert.Equal("SLW5207", (await Assert.ThrowsAsync<StorageException>(() => first)).Diagnostic.Code);
        Assert.Equal("SLW5207", (await Assert.ThrowsAsync<StorageException>(() => group[0])).Diagnostic.Code);
        other.Writing.Execute("ROLLBACK");

        foreach (var append in group[1..]) Assert.Equal("SLW5207", (await Assert.ThrowsAsync<StorageException>(() => append)).Diagnostic.Code);
        Assert.Equal(1, await journal.AppendAsync(leases[3], 0, [Ready(1)]));
    }

    [Fact]
    public async Task ReadAsync_LargeEvents_ArriveAll()
    {
        await using var journal = Open();
        var lease = await AcquireAsync(journal, "run");
        var sizes = new[] { 3_000_000, 10, 2_000_000, 1 << 20, 10, 10, 5_000_000 };
        for (var i = 0; i < sizes.Length; i++) await journal.AppendAsync(lease, i, [Large(sizes[i])]);

        Assert.Equal(sizes, (await ReadAsync(journal, "run")).Select(entry => ((StepHeartbeat)entry.Event).Message!.Length));
    }
}
