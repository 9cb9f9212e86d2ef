using Slipway.Coordination.Signals.Stores;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>Coordinations and their signals.</summary>
internal sealed class SqliteSignalTable(SqliteSession session) : ISignalTable
{
    private const int PageSize = 256;

    public async ValueTask<long?> AppendAsync(string coordinationId, IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken)
    {
        var last = await session.WriteAsync<long?>(
            tables =>
            {
                var placed = tables.Statements[
                    """
                    INSERT INTO coordinations (coordination_id, newest_position) VALUES (?1, ?2)
                    ON CONFLICT (coordination_id) DO UPDATE SET newest_position = newest_position + ?2 WHERE NOT is_completed
                    RETURNING coordination_no, newest_position
                    """].Bind(1, coordinationId).Bind(2, bodies.Count).Rows(row => (Number: row.Int64(0), Newest: row.Int64(1)));
                if (placed.Count == 0) return null;
                var (number, newest) = placed[0];
                var insert = tables.Statements["INSERT INTO signals (coordination_no, position, body) VALUES (?1, ?2, ?3)"];
                for (var index = 0; index < bodies.Count; index++)
                    insert.Bind(1, number).Bind(2, newest - bodies.Count + index + 1).Bind(3, bodies[index].Span).Run();
                return newest;
            },
            cancellationToken);
        if (last is not null) session.Bell.Ring(SignalStore.TopicOf(coordinationId));
        return last;
    }

    public ValueTask<(long Number, SignalStoreState State)?> FindAsync(string coordinationId, CancellationToken cancellationToken) =>
        session.ReadAsync<(long, SignalStoreState)?>(
            statements => statements["SELECT coordination_no, newest_position, is_completed FROM coordinations WHERE coordination_id = ?1"]
                .Bind(1, coordinationId)
                .Rows(row => (row.Int64(0), new SignalStoreState(row.Int64(1), row.Int64(2) != 0))) is [var found] ? found : null,
            cancellationToken);

    public ValueTask<List<StoredSignal>> ReadPageAsync(long number, long afterPosition, CancellationToken cancellationToken) =>
        session.ReadAsync(
            statements => statements["SELECT position, body FROM signals WHERE coordination_no = ?1 AND position > ?2 ORDER BY position LIMIT ?3"]
                .Bind(1, number).Bind(2, afterPosition).Bind(3, PageSize)
                .Rows(row => new StoredSignal(row.Int64(0), row.Utf8(1).ToArray())),
            cancellationToken);

    public ValueTask<bool> TryCompleteAsync(string coordinationId, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            SignalStore.TopicOf(coordinationId),
            tables =>
            {
                tables.Statements["UPDATE coordinations SET is_completed = 1 WHERE coordination_id = ?1 AND NOT is_completed"].Bind(1, coordinationId).Run();
                return tables.Changes > 0;
            },
            cancellationToken);

    public ValueTask<long> TrimAsync(string coordinationId, long throughPosition, CancellationToken cancellationToken) =>
        session.WriteAsync<long>(
            tables =>
            {
                tables.Statements[
                    """
                    DELETE FROM signals WHERE coordination_no = (SELECT coordination_no FROM coordinations WHERE coordination_id = ?1)
                    AND position <= min(?2, (SELECT newest_position - 1 FROM coordinations WHERE coordination_id = ?1))
                    """].Bind(1, coordinationId).Bind(2, throughPosition).Run();
                return tables.Changes;
            },
            cancellationToken);

    public ValueTask<bool> TryDeleteAsync(string coordinationId, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            SignalStore.TopicOf(coordinationId),
            tables =>
            {
                tables.Statements["DELETE FROM signals WHERE coordination_no = (SELECT coordination_no FROM coordinations WHERE coordination_id = ?1)"]
                    .Bind(1, coordinationId).Run();
                tables.Statements["DELETE FROM coordinations WHERE coordination_id = ?1"].Bind(1, coordinationId).Run();
                return tables.Changes > 0;
            },
            cancellationToken);
}
