using Slipway.Coordination.Feeds;
using Slipway.Storage.Stores;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Sqlite;

public sealed partial class SqliteJournal
{
    /// <inheritdoc/>
    public async ValueTask AskAsync(StopRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await _session.WriteAsync(
            tables =>
            {
                tables.Statements[
                    """
                    INSERT INTO stop_requests VALUES (?1, ?2, ?3)
                    ON CONFLICT (run_id) DO UPDATE SET kind = excluded.kind, reason = excluded.reason WHERE excluded.kind > kind
                    """].Bind(1, request.RunId).Bind(2, (int)request.Kind).Bind(3, request.Reason).Run();
                return true;
            },
            cancellationToken);
        _session.Bell.Ring(RequestTopic.Name);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StopRequest>> FindAskedAsync(CancellationToken cancellationToken = default) => _session.ReadAsync<IReadOnlyList<StopRequest>>(
        statements => statements["SELECT run_id, kind, reason FROM stop_requests"].Rows(row => new StopRequest(row.Text(0), (StopRequestKind)row.Int64(1), row.Text(2))),
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ForgetAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        var isGone = await _session.WriteAsync(
            tables =>
            {
                tables.Statements["DELETE FROM stop_requests WHERE run_id = ?1"].Bind(1, runId).Run();
                return tables.Changes > 0;
            },
            cancellationToken);
        if (isGone) _session.Bell.Ring(RequestTopic.Name);
    }

    /// <inheritdoc/>
    public async ValueTask<IDisposable> WatchRequestsAsync(Action onChange, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        return new ChangeCall(await _session.Bell.WatchAsync([RequestTopic.Name], cancellationToken), onChange);
    }
}
