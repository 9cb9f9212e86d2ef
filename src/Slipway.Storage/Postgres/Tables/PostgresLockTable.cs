using System.Data.Common;
using Npgsql;
using Slipway.Coordination.Locks;
using Slipway.Storage.Postgres.Sessions;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Postgres.Tables;

/// <summary>Locks that are held and the queue of those who wait: one row each, a ticket, with its resources.</summary>
internal sealed class PostgresLockTable(PostgresSession session) : ILockTable
{
    public async ValueTask<LockAttempt> TryAcquireAsync(LockRequest request, long ticket, CancellationToken cancellationToken)
    {
        // Not to be cut off: whether it was granted must be known.
        var attempts = await session.QueryAsync(
            """
            SELECT f.blocked_resource, t.run_id, t.step_id, t.owner, t.reason, t.fencing_token, t.acquired_at, t.expires_at, f.place, f.token, f.until, f.retry_after
            FROM try_lock($1, $2, $3, $4, $5, $6, $7, $8, $9) f LEFT JOIN lock_tickets t ON t.ticket = f.blocker
            """,
            command => command.Bind(session.Now).Bind(ticket).Bind(request.RunId).Bind(request.StepId).Bind(request.Owner).Bind(request.Reason)
                .Bind([.. request.Resources]).Bind([.. request.Within]).Bind(request.Duration),
            row => row.IsDBNull(9)
                ? new LockAttempt(row.GetInt64(8), null, row.IsDBNull(5) ? null : Read(row), row.GetFieldValue<TimeSpan>(11))
                : new LockAttempt(row.GetInt64(8), new LockGrant(request.RunId, request.StepId, request.Resources, row.GetInt64(9), row.Time(10)), null, default),
            CancellationToken.None);
        return attempts[0];
    }

    public async ValueTask LeaveAsync(long ticket, CancellationToken cancellationToken) =>
        await RemoveAsync("ticket = $2", command => command.Bind(ticket), cancellationToken);

    public async ValueTask<(DateTimeOffset Until, IReadOnlySet<long> Tokens)> RenewAsync(
        IReadOnlyList<long> tokens, TimeSpan duration, CancellationToken cancellationToken)
    {
        var renewed = await session.QueryAsync(
            $"UPDATE lock_tickets SET expires_at = {PostgresJournal.Clock(1)} + $3 WHERE fencing_token = ANY ($2) RETURNING fencing_token, expires_at",
            command => command.Bind(session.Now).Bind([.. tokens]).Bind(duration),
            row => (Token: row.GetInt64(0), Until: row.Time(1)),
            cancellationToken);
        // Rows are updated one after the other; what holds for all of them is the earliest.
        return (renewed.Count == 0 ? default : renewed.Min(one => one.Until), renewed.Select(one => one.Token).ToHashSet());
    }

    public async ValueTask<bool> RemoveAsync(long token, bool mustBeValid, CancellationToken cancellationToken) => await RemoveAsync(
        $"fencing_token = $2 AND (NOT $3 OR expires_at > {PostgresJournal.Clock(4)})",
        command => command.Bind(token).Bind(mustBeValid).Bind(session.Now),
        cancellationToken) > 0;

    public ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken) =>
        RemoveAsync("run_id = $2", command => command.Bind(runId), cancellationToken);

    public ValueTask<List<ResourceLock>> ListAsync(CancellationToken cancellationToken) => session.QueryAsync(
        $"""
        SELECT resource, run_id, step_id, owner, reason, fencing_token, acquired_at, expires_at FROM lock_resources JOIN lock_tickets USING (ticket)
        WHERE fencing_token IS NOT NULL AND expires_at > {PostgresJournal.Clock(1)} ORDER BY resource, fencing_token
        """,
        command => command.Bind(session.Now),
        Read,
        cancellationToken);

    private static ResourceLock Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.TextOrNull(4), row.GetInt64(5), row.Time(6), row.Time(7));

    /// <summary>Removes tickets and wakes who waits for their resources.</summary>
    /// <returns>How many of them were grants.</returns>
    private async ValueTask<int> RemoveAsync(string condition, Action<NpgsqlCommand> bind, CancellationToken cancellationToken)
    {
        var tokens = await session.QueryAsync(
            $"""
            WITH gone AS (DELETE FROM lock_tickets WHERE {condition} RETURNING ticket, fencing_token),
            told AS MATERIALIZED (SELECT pg_notify($1, '{LockStore.TopicOf("")}' || resource) FROM lock_resources JOIN gone USING (ticket))
            SELECT fencing_token, (SELECT count(*) FROM told) FROM gone
            """,
            command => bind(command.Bind(session.Channel)),
            row => row.IsDBNull(0) ? 0 : 1,
            cancellationToken);
        return tokens.Sum();
    }
}
