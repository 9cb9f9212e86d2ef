using Slipway.Coordination.Journal;
using Slipway.Storage.Postgres.Sessions;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>Takes the leases of any number of runs in one statement, where nobody holds them.</summary>
internal sealed class LeaseGroups(PostgresSession session) : WriteGroups<PendingLease, RunLease?>
{
    // In the order of ids, so that two processes that want the same runs do not wait for each other.
    private const string Sql =
        """
        WITH clock AS (SELECT coalesce($1, date_trunc('milliseconds', clock_timestamp())) AS now)
        INSERT INTO runs AS r (run_id, created_at, owner, fencing_token, expires_at)
        SELECT a.run_id, clock.now, a.owner, nextval('fencing_tokens'), clock.now + a.microseconds * interval '1 microsecond'
        FROM unnest($2::text[], $3::text[], $4::bigint[]) AS a (run_id, owner, microseconds), clock ORDER BY a.run_id
        ON CONFLICT (run_id) DO UPDATE SET owner = excluded.owner, fencing_token = excluded.fencing_token, expires_at = excluded.expires_at
        WHERE r.expires_at IS NULL OR r.expires_at <= excluded.created_at
        RETURNING run_id, owner, fencing_token, expires_at, newest_sequence = 0
        """;

    protected override async Task WriteAsync(List<PendingLease> group)
    {
        var (runIds, owners, durations) = (new string[group.Count], new string[group.Count], new long[group.Count]);
        for (var index = 0; index < group.Count; index++)
            (runIds[index], owners[index], durations[index]) = (group[index].RunId, group[index].Owner, group[index].Duration.Ticks / TimeSpan.TicksPerMicrosecond);
        var granted = await session.QueryAsync(
            Sql,
            command => command.Bind(session.Now).Bind(runIds).Bind(owners).Bind(durations),
            row => (Lease: new RunLease(row.GetString(0), row.GetString(1), row.GetInt64(2), row.Time(3)), IsNew: row.GetBoolean(4)),
            CancellationToken.None);
        var leases = granted.ToDictionary(one => one.Lease.RunId, StringComparer.Ordinal);
        foreach (var wish in group) (wish.Answer, wish.IsOfNewRun) = leases.GetValueOrDefault(wish.RunId);
    }
}
