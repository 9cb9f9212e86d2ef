using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.State;
using Slipway.Coordination.State.Stores;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>States: their newest values and the changes that are kept.</summary>
internal sealed class SqliteStateTable(SqliteSession session) : IStateTable
{
    private const int PageSize = 256;

    public ValueTask<StateImage> LoadAsync(string name, CancellationToken cancellationToken) => session.WriteAsync(
        tables =>
        {
            tables.Statements["INSERT INTO states (name) VALUES (?1) ON CONFLICT (name) DO NOTHING"].Bind(1, name).Run();
            var (number, version, at) = tables.Statements["SELECT state_no, version, at FROM states WHERE name = ?1"].Bind(1, name)
                .Rows(row => (row.Int64(0), row.Int64(1), row.TimeOrNull(2)))[0];
            var entries = tables.Statements["SELECT key, value, version FROM state_entries WHERE state_no = ?1"].Bind(1, number)
                .Rows(row => KeyValuePair.Create(row.Text(0), new StateEntry(StoredJson.Value(row.Text(1)), row.Int64(2))));
            return new StateImage(new StateHandle(name, number), version, at ?? DateTimeOffset.MinValue, entries);
        },
        cancellationToken);

    public async ValueTask<StateAppend> AppendAsync(
        StateHandle state, IReadOnlyList<StateChange> changes, IReadOnlyList<(StateWrite Write, long Version)> entries, CancellationToken cancellationToken)
    {
        var payloads = new ArrayBufferWriter<byte>();
        var ends = new int[changes.Count];
        for (var index = 0; index < ends.Length; index++)
        {
            StateChangeJson.Write(payloads, changes[index]);
            ends[index] = payloads.WrittenCount;
        }

        var append = await session.WriteAsync(
            tables =>
            {
                var newest = changes[^1].Version;
                tables.Statements["UPDATE states SET version = ?4, at = ?5 WHERE state_no = ?1 AND name = ?2 AND version = ?3"]
                    .Bind(1, state.Generation).Bind(2, state.Name).Bind(3, changes[0].Version - 1).Bind(4, newest).Bind(5, changes[^1].Timestamp).Run();
                if (tables.Changes == 0)
                {
                    return tables.Statements["SELECT version FROM states WHERE state_no = ?1 AND name = ?2"].Bind(1, state.Generation).Bind(2, state.Name)
                        .Rows(row => row.Int64(0)) is [var found] ? new StateAppend(StateAppendStatus.Conflict, found) : new StateAppend(StateAppendStatus.Deleted, 0);
                }

                var put = tables.Statements["INSERT OR REPLACE INTO state_entries (state_no, key, value, version) VALUES (?1, ?2, ?3, ?4)"];
                var remove = tables.Statements["DELETE FROM state_entries WHERE state_no = ?1 AND key = ?2"];
                foreach (var (write, version) in entries)
                {
                    if (write.NewValue is { } value) put.Bind(1, state.Generation).Bind(2, write.Key).Bind(3, value.GetRawText()).Bind(4, version).Run();
                    else remove.Bind(1, state.Generation).Bind(2, write.Key).Run();
                }

                var insert = tables.Statements["INSERT INTO state_changes (state_no, version, payload) VALUES (?1, ?2, ?3)"];
                var start = 0;
                for (var index = 0; index < ends.Length; start = ends[index++])
                    insert.Bind(1, state.Generation).Bind(2, changes[index].Version).Bind(3, payloads.WrittenSpan[start..ends[index]]).Run();
                return new StateAppend(StateAppendStatus.Appended, newest);
            },
            cancellationToken);
        if (append.Status is StateAppendStatus.Appended) session.Bell.Ring(StateStore.TopicOf(state.Name));
        return append;
    }

    public ValueTask<long?> FindVersionAsync(StateHandle state, CancellationToken cancellationToken) => session.ReadAsync<long?>(
        statements => statements["SELECT version FROM states WHERE state_no = ?1 AND name = ?2"].Bind(1, state.Generation).Bind(2, state.Name)
            .Rows(row => row.Int64(0)) is [var found] ? found : null,
        cancellationToken);

    public ValueTask<List<StateChange>> ReadPageAsync(StateHandle state, long afterVersion, CancellationToken cancellationToken) => session.ReadAsync(
        statements => statements["SELECT version, payload FROM state_changes WHERE state_no = ?1 AND version > ?2 ORDER BY version LIMIT ?3"]
            .Bind(1, state.Generation).Bind(2, afterVersion).Bind(3, PageSize)
            .Rows(row => Read(state, row.Int64(0), row.Utf8(1).ToArray())),
        cancellationToken);

    public async ValueTask TrimAsync(StateHandle state, long throughVersion, CancellationToken cancellationToken) => await session.WriteAsync(
        tables =>
        {
            tables.Statements["DELETE FROM state_changes WHERE state_no = ?1 AND version <= ?2"].Bind(1, state.Generation).Bind(2, throughVersion).Run();
            return true;
        },
        cancellationToken);

    public ValueTask<List<string>> ListAsync(CancellationToken cancellationToken) =>
        session.ReadAsync(statements => statements["SELECT name FROM states ORDER BY name"].Rows(row => row.Text(0)), cancellationToken);

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken) => session.ChangeAsync(
        StateStore.TopicOf(name),
        tables =>
        {
            tables.Statements["DELETE FROM state_entries WHERE state_no = (SELECT state_no FROM states WHERE name = ?1)"].Bind(1, name).Run();
            tables.Statements["DELETE FROM state_changes WHERE state_no = (SELECT state_no FROM states WHERE name = ?1)"].Bind(1, name).Run();
            tables.Statements["DELETE FROM states WHERE name = ?1"].Bind(1, name).Run();
            return tables.Changes > 0;
        },
        cancellationToken);

    private StateChange Read(StateHandle state, long version, byte[] payload)
    {
        try
        {
            return StateChangeJson.Read(payload);
        }
        catch (JsonException unreadable)
        {
            throw SqliteDiagnostics.UnreadableChange(session.Options.File, state.Name, version, unreadable);
        }
    }
}
