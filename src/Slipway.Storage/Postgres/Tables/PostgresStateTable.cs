using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using Slipway.Coordination.State;
using Slipway.Coordination.State.Stores;
using Slipway.Storage.Postgres.Sessions;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Postgres.Tables;

/// <summary>States: their newest values and the changes that are kept.</summary>
internal sealed class PostgresStateTable(PostgresSession session) : IStateTable
{
    private const int PageSize = 256;

    // One statement, one transaction: it takes the state from the version that the writer knows to the newest, or touches nothing.
    private const string AppendSql =
        """
        WITH held AS (UPDATE states SET version = $4, at = $5 WHERE state_no = $1 AND name = $2 AND version = $3 RETURNING state_no),
        gone AS (DELETE FROM state_entries e USING held WHERE e.state_no = held.state_no AND e.key = ANY ($6)),
        put AS (
          INSERT INTO state_entries (state_no, key, value, version)
          SELECT held.state_no, p.key, p.value, p.version FROM held, unnest($7::text[], $8::text[], $9::bigint[]) AS p (key, value, version)
          ON CONFLICT (state_no, key) DO UPDATE SET value = excluded.value, version = excluded.version),
        added AS (
          INSERT INTO state_changes (state_no, version, payload)
          SELECT held.state_no, $3 + c.number, c.payload FROM held, unnest($10::text[]) WITH ORDINALITY AS c (payload, number))
        SELECT pg_notify($11, $12) FROM held
        """;

    public async ValueTask<StateImage> LoadAsync(string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            // One statement sees one moment.
            var rows = await session.QueryAsync(
                "SELECT s.state_no, s.version, s.at, e.key, e.value, e.version FROM states s LEFT JOIN state_entries e USING (state_no) WHERE s.name = $1",
                command => command.Bind(name),
                row => (Number: row.GetInt64(0), Version: row.GetInt64(1), At: row.TimeOrNull(2), Entry: ReadEntry(row)),
                cancellationToken);
            if (rows.Count > 0)
            {
                var entries = rows.Where(row => row.Entry is not null).Select(row => row.Entry!.Value).ToList();
                return new StateImage(new StateHandle(name, rows[0].Number), rows[0].Version, rows[0].At ?? DateTimeOffset.MinValue, entries);
            }

            await session.ExecuteAsync("INSERT INTO states (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", command => command.Bind(name), cancellationToken);
        }
    }

    public async ValueTask<StateAppend> AppendAsync(
        StateHandle state, IReadOnlyList<StateChange> changes, IReadOnlyList<(StateWrite Write, long Version)> entries, CancellationToken cancellationToken)
    {
        var puts = entries.Where(entry => entry.Write.NewValue is not null).ToList();
        var appended = await session.QueryAsync(
            AppendSql,
            command => command
                .Bind(state.Generation).Bind(state.Name).Bind(changes[0].Version - 1).Bind(changes[^1].Version).Bind((DateTimeOffset?)changes[^1].Timestamp)
                .Bind([.. entries.Where(entry => entry.Write.NewValue is null).Select(entry => entry.Write.Key)])
                .Bind([.. puts.Select(entry => entry.Write.Key)])
                .Bind([.. puts.Select(entry => entry.Write.NewValue!.Value.GetRawText())])
                .Bind([.. puts.Select(entry => entry.Version)])
                .Bind([.. changes.Select(Write)])
                .Bind(session.Channel).Bind(StateStore.TopicOf(state.Name)),
            static _ => true,
            CancellationToken.None);
        if (appended.Count > 0) return new StateAppend(StateAppendStatus.Appended, changes[^1].Version);
        return await FindVersionAsync(state, cancellationToken) is { } found
            ? new StateAppend(StateAppendStatus.Conflict, found)
            : new StateAppend(StateAppendStatus.Deleted, 0);
    }

    public async ValueTask<long?> FindVersionAsync(StateHandle state, CancellationToken cancellationToken)
    {
        var found = await session.QueryAsync(
            "SELECT version FROM states WHERE state_no = $1 AND name = $2",
            command => command.Bind(state.Generation).Bind(state.Name),
            row => row.GetInt64(0),
            cancellationToken);
        return found is [var version] ? version : null;
    }

    public ValueTask<List<StateChange>> ReadPageAsync(StateHandle state, long afterVersion, CancellationToken cancellationToken) => session.QueryAsync(
        "SELECT version, payload FROM state_changes WHERE state_no = $1 AND version > $2 ORDER BY version LIMIT $3",
        command => command.Bind(state.Generation).Bind(afterVersion).Bind((long)PageSize),
        row => ReadChange(state, row),
        cancellationToken);

    public async ValueTask TrimAsync(StateHandle state, long throughVersion, CancellationToken cancellationToken) => await session.ExecuteAsync(
        "DELETE FROM state_changes WHERE state_no = $1 AND version <= $2",
        command => command.Bind(state.Generation).Bind(throughVersion),
        cancellationToken);

    public ValueTask<List<string>> ListAsync(CancellationToken cancellationToken) =>
        session.QueryAsync("SELECT name FROM states ORDER BY name", static _ => { }, row => row.GetString(0), cancellationToken);

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken) => session.RemoveAsync(
        "DELETE FROM states WHERE name = $1 RETURNING state_no",
        "WITH entries AS (DELETE FROM state_entries WHERE state_no = $1) DELETE FROM state_changes WHERE state_no = $1",
        name,
        StateStore.TopicOf(name),
        cancellationToken);

    private static byte[] Write(StateChange change)
    {
        var output = new ArrayBufferWriter<byte>(256);
        StateChangeJson.Write(output, change);
        return output.WrittenSpan.ToArray();
    }

    private static KeyValuePair<string, StateEntry>? ReadEntry(DbDataReader row) =>
        row.IsDBNull(3) ? null : KeyValuePair.Create(row.GetString(3), new StateEntry(StoredJson.Value(row.GetString(4)), row.GetInt64(5)));

    private StateChange ReadChange(StateHandle state, DbDataReader row)
    {
        try
        {
            return StateChangeJson.Read(row.Utf8(1));
        }
        catch (JsonException unreadable)
        {
            throw PostgresDiagnostics.UnreadableChange(session.Place, state.Name, row.GetInt64(0), unreadable);
        }
    }
}
