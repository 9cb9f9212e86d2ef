using Slipway.Coordination.Locks;
using Slipway.Storage.Sqlite.Native;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>Locks that are held and the queue of those who wait: one row each, a ticket, with its resources.</summary>
internal sealed class SqliteLockTable(SqliteSession session) : ILockTable
{
    /// <summary>How long the rows of grants that nobody gave back or asked for stay.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public ValueTask<LockAttempt> TryAcquireAsync(LockRequest request, long ticket, CancellationToken cancellationToken) =>
        session.WriteAsync(tables => TryAcquire(tables, request, ticket), cancellationToken);

    public async ValueTask LeaveAsync(long ticket, CancellationToken cancellationToken) =>
        await RemoveAsync(tables => tables.Statements["SELECT ticket, fencing_token IS NOT NULL FROM lock_tickets WHERE ticket = ?1"].Bind(1, ticket), cancellationToken);

    public ValueTask<(DateTimeOffset Until, IReadOnlySet<long> Tokens)> RenewAsync(
        IReadOnlyList<long> tokens, TimeSpan duration, CancellationToken cancellationToken) => session.WriteAsync<(DateTimeOffset, IReadOnlySet<long>)>(
        tables =>
        {
            var until = tables.Now + duration;
            var renew = tables.Statements["UPDATE lock_tickets SET expires_at = ?2 WHERE fencing_token = ?1"];
            return (until, tokens.Where(token =>
            {
                renew.Bind(1, token).Bind(2, (DateTimeOffset?)until).Run();
                return tables.Changes > 0;
            }).ToHashSet());
        },
        cancellationToken);

    public async ValueTask<bool> RemoveAsync(long token, bool mustBeValid, CancellationToken cancellationToken) => await RemoveAsync(
        tables => tables.Statements["SELECT ticket, 1 FROM lock_tickets WHERE fencing_token = ?1 AND expires_at > ?2"]
            .Bind(1, token).Bind(2, (DateTimeOffset?)(mustBeValid ? tables.Now : DateTimeOffset.UnixEpoch)),
        cancellationToken) > 0;

    public ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken) => RemoveAsync(
        tables => tables.Statements["SELECT ticket, fencing_token IS NOT NULL FROM lock_tickets WHERE run_id = ?1"].Bind(1, runId), cancellationToken);

    public ValueTask<List<ResourceLock>> ListAsync(CancellationToken cancellationToken)
    {
        var now = session.Now;
        return session.ReadAsync(
            statements => statements[
                """
                SELECT resource, run_id, step_id, owner, reason, fencing_token, acquired_at, expires_at FROM lock_resources JOIN lock_tickets USING (ticket)
                WHERE fencing_token IS NOT NULL AND expires_at > ?1 ORDER BY resource, fencing_token
                """].Bind(1, (DateTimeOffset?)now).Rows(Read),
            cancellationToken);
    }

    private static LockAttempt TryAcquire(JournalTables tables, LockRequest request, long ticket)
    {
        var now = tables.Now;
        ResourceLock? blocker = null;
        DateTimeOffset? earliest = null;
        foreach (var one in tables.Statements["SELECT ticket FROM lock_tickets WHERE expires_at <= ?1 AND ticket <> ?2"]
            .Bind(1, (DateTimeOffset?)(now - Remembered)).Bind(2, ticket).Rows(row => row.Int64(0))) RemoveTicket(tables, one);
        foreach (var resource in request.Resources)
        {
            var others = tables.Statements[
                """
                SELECT resource, run_id, step_id, owner, reason, fencing_token, acquired_at, expires_at, ticket FROM lock_resources JOIN lock_tickets USING (ticket)
                WHERE resource = ?1 AND ticket <> ?2
                """].Bind(1, resource).Bind(2, ticket).Rows(row => (Lock: Read(row), IsHeld: !row.IsNull(5), Ticket: row.Int64(8)));
            foreach (var (other, isHeld, place) in others)
            {
                if (other.ExpiresAt <= now)
                {
                    RemoveTicket(tables, place);
                    continue;
                }

                // What a step holds is asked for by its own sub-run out of turn: the step cannot end before the sub-run does.
                var isInTheWay = isHeld ? !request.Within.Contains(other.FencingToken) : request.Within.Count == 0 && (ticket == 0 || place < ticket);
                if (!isInTheWay) continue;
                if (isHeld) blocker ??= other;
                if (earliest is null || other.ExpiresAt < earliest) earliest = other.ExpiresAt;
            }
        }

        long? token = earliest is null ? tables.Leases.NextToken() : null;
        var until = now + request.Duration;
        var put = tables.Statements[
            """
            INSERT OR REPLACE INTO lock_tickets (ticket, run_id, step_id, owner, reason, fencing_token, acquired_at, expires_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """];
        if (ticket == 0) put.BindNull(1);
        else put.Bind(1, ticket);
        if (token is { } given) put.Bind(6, given);
        else put.BindNull(6);
        put.Bind(2, request.RunId).Bind(3, request.StepId).Bind(4, request.Owner).Bind(5, request.Reason)
            .Bind(7, token is null ? null : now).Bind(8, (DateTimeOffset?)until).Run();
        if (ticket == 0) ticket = tables.LastInsertedRow;
        var name = tables.Statements["INSERT OR IGNORE INTO lock_resources (resource, ticket) VALUES (?1, ?2)"];
        foreach (var resource in request.Resources) name.Bind(1, resource).Bind(2, ticket).Run();
        return token is { } held
            ? new LockAttempt(ticket, new LockGrant(request.RunId, request.StepId, request.Resources, held, until), null, default)
            : new LockAttempt(ticket, null, blocker, earliest!.Value - now);
    }

    private static List<string> RemoveTicket(JournalTables tables, long ticket)
    {
        var resources = tables.Statements["SELECT resource FROM lock_resources WHERE ticket = ?1"].Bind(1, ticket).Rows(row => row.Text(0));
        tables.Statements["DELETE FROM lock_resources WHERE ticket = ?1"].Bind(1, ticket).Run();
        tables.Statements["DELETE FROM lock_tickets WHERE ticket = ?1"].Bind(1, ticket).Run();
        return resources;
    }

    private static ResourceLock Read(SqliteStatement row) =>
        new(row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.TextOrNull(4), row.Int64(5), row.Time(6), row.Time(7));

    /// <summary>Removes the tickets that a statement selects and wakes who waits for their resources.</summary>
    /// <returns>How many of them were grants.</returns>
    private async ValueTask<int> RemoveAsync(Func<JournalTables, SqliteStatement> select, CancellationToken cancellationToken)
    {
        var (grants, resources) = await session.WriteAsync(
            tables =>
            {
                var tickets = select(tables).Rows(row => (Ticket: row.Int64(0), IsHeld: row.Int64(1) != 0));
                return (tickets.Count(ticket => ticket.IsHeld), tickets.SelectMany(ticket => RemoveTicket(tables, ticket.Ticket)).ToList());
            },
            cancellationToken);
        foreach (var resource in resources) session.Bell.Ring(LockStore.TopicOf(resource));
        return grants;
    }
}
