using Slipway.Coordination.Signals.Stores;
using Slipway.Storage.Postgres.Sessions;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Postgres.Tables;

/// <summary>Coordinations and their signals.</summary>
internal sealed class PostgresSignalTable(PostgresSession session) : ISignalTable
{
    private const int PageSize = 256;

    public async ValueTask<long?> AppendAsync(string coordinationId, IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken)
    {
        // The row of the coordination is locked from its new position to the commit, so that positions become visible in order.
        var last = await session.QueryAsync(
            """
            WITH placed AS (
              INSERT INTO coordinations AS c (coordination_id, newest_position) VALUES ($1, cardinality($2::text[]))
              ON CONFLICT (coordination_id) DO UPDATE SET newest_position = c.newest_position + excluded.newest_position WHERE NOT c.is_completed
              RETURNING coordination_no, newest_position),
            added AS (
              INSERT INTO signals (coordination_no, position, body)
              SELECT coordination_no, newest_position - cardinality($2::text[]) + e.number, e.body FROM placed, unnest($2::text[]) WITH ORDINALITY AS e (body, number))
            SELECT newest_position, pg_notify($3, $4) FROM placed
            """,
            command => command.Bind(coordinationId).Bind([.. bodies.Select(body => body.ToArray())]).Bind(session.Channel).Bind(SignalStore.TopicOf(coordinationId)),
            row => row.GetInt64(0),
            CancellationToken.None);
        return last is [var newest] ? newest : null;
    }

    public async ValueTask<(long Number, SignalStoreState State)?> FindAsync(string coordinationId, CancellationToken cancellationToken)
    {
        var found = await session.QueryAsync(
            "SELECT coordination_no, newest_position, is_completed FROM coordinations WHERE coordination_id = $1",
            command => command.Bind(coordinationId),
            row => (row.GetInt64(0), new SignalStoreState(row.GetInt64(1), row.GetBoolean(2))),
            cancellationToken);
        return found is [var one] ? one : null;
    }

    public ValueTask<List<StoredSignal>> ReadPageAsync(long number, long afterPosition, CancellationToken cancellationToken) => session.QueryAsync(
        "SELECT position, body FROM signals WHERE coordination_no = $1 AND position > $2 ORDER BY position LIMIT $3",
        command => command.Bind(number).Bind(afterPosition).Bind((long)PageSize),
        row => new StoredSignal(row.GetInt64(0), row.Utf8(1)),
        cancellationToken);

    public async ValueTask<bool> TryCompleteAsync(string coordinationId, CancellationToken cancellationToken)
    {
        var completed = await session.QueryAsync(
            "WITH changed AS (UPDATE coordinations SET is_completed = true WHERE coordination_id = $1 AND NOT is_completed RETURNING 1) SELECT pg_notify($2, $3) FROM changed",
            command => command.Bind(coordinationId).Bind(session.Channel).Bind(SignalStore.TopicOf(coordinationId)),
            static _ => true,
            cancellationToken);
        return completed.Count > 0;
    }

    public async ValueTask<long> TrimAsync(string coordinationId, long throughPosition, CancellationToken cancellationToken)
    {
        var gone = await session.QueryAsync(
            """
            WITH gone AS (
              DELETE FROM signals s USING coordinations c
              WHERE c.coordination_id = $1 AND s.coordination_no = c.coordination_no AND s.position <= least($2, c.newest_position - 1)
              RETURNING 1)
            SELECT count(*) FROM gone
            """,
            command => command.Bind(coordinationId).Bind(throughPosition),
            row => row.GetInt64(0),
            cancellationToken);
        return gone[0];
    }

    public ValueTask<bool> TryDeleteAsync(string coordinationId, CancellationToken cancellationToken) => session.RemoveAsync(
        "DELETE FROM coordinations WHERE coordination_id = $1 RETURNING coordination_no",
        "DELETE FROM signals WHERE coordination_no = $1",
        coordinationId,
        SignalStore.TopicOf(coordinationId),
        cancellationToken);
}
