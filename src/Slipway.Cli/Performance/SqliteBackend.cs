using Slipway.Coordination.Journal;
using Slipway.Performance;
using Slipway.Storage.Sqlite;
using Slipway.Workspace;

namespace Slipway.Cli.Performance;

/// <summary>Journals in files of a scratch folder.</summary>
internal sealed class SqliteBackend(ScratchFolder folder, IFileSystem files, TimeProvider time) : IDurableBackend
{
    public Task<IDurableStore> CreateAsync(CancellationToken cancellationToken) => Task.FromResult<IDurableStore>(new Store(folder, files, time));

    private sealed class Store(ScratchFolder folder, IFileSystem files, TimeProvider time) : IDurableStore
    {
        private readonly string _bareFile = folder.NewFile();
        private SqliteJournal _journal = SqliteJournal.Open(new SqliteStoreOptions { File = folder.NewFile() }, time);
        private BareCommits? _bare;

        public IRunJournal Journal => _journal;

        public async Task ReopenAsync(CancellationToken cancellationToken)
        {
            await _journal.DisposeAsync();
            _journal = SqliteJournal.Open(new SqliteStoreOptions { File = _journal.File }, time);
        }

        public Task CommitBareAsync(int commits, CancellationToken cancellationToken)
        {
            _bare ??= new BareCommits(_bareFile);
            _bare.Commit(commits);
            return Task.CompletedTask;
        }

        public async Task<long?> MeasureSizeAsync(CancellationToken cancellationToken)
        {
            await ReopenAsync(cancellationToken);
            return files.GetSize(_journal.File);
        }

        public async ValueTask DisposeAsync()
        {
            await _journal.DisposeAsync();
            _bare?.Dispose();
            folder.Delete(_journal.File);
            folder.Delete(_bareFile);
        }
    }
}
