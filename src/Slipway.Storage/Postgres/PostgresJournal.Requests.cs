using Slipway.Coordination.Feeds;
using Slipway.Storage.Postgres.Sessions;
using Slipway.Storage.Stores;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Postgres;

public sealed partial class PostgresJournal
{
    /// <inheritdoc/>
    public async ValueTask AskAsync(StopRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        await _session.ExecuteAsync(
            """
            WITH asked AS (
              INSERT INTO stop_requests AS s VALUES ($1, $2, $3)
              ON CONFLICT (run_id) DO UPDATE SET kind = excluded.kind, reason = excluded.reason WHERE excluded.kind > s.kind RETURNING 1)
            SELECT pg_notify($4, $5) FROM asked
            """,
            command => command.Bind(request.RunId).Bind((long)request.Kind).Bind(request.Reason).Bind(_session.Channel).Bind(RequestTopic.Name),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StopRequest>> FindAskedAsync(CancellationToken cancellationToken = default) => await _session.QueryAsync(
        "SELECT run_id, kind, reason FROM stop_requests",
        static _ => { },
        static row => new StopRequest(row.GetString(0), (StopRequestKind)row.GetInt32(1), row.GetString(2)),
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ForgetAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        await _session.ExecuteAsync(
            "WITH gone AS (DELETE FROM stop_requests WHERE run_id = $1 RETURNING 1) SELECT pg_notify($2, $3) FROM gone",
            command => command.Bind(runId).Bind(_session.Channel).Bind(RequestTopic.Name),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IDisposable> WatchRequestsAsync(Action onChange, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        return new ChangeCall(await _bell.WatchAsync([RequestTopic.Name], cancellationToken), onChange);
    }
}
