using Slipway.Storage.Postgres.Sessions;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>All that a journal writes in groups.</summary>
internal sealed class JournalWrites(PostgresSession session) : IAsyncDisposable
{
    public AppendGroups Appends { get; } = new(session);

    public LeaseGroups Leases { get; } = new(session);

    public ReleaseGroups Releases { get; } = new(session);

    /// <summary>Finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        await Appends.DisposeAsync();
        await Leases.DisposeAsync();
        await Releases.DisposeAsync();
    }
}
