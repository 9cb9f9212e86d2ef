using Slipway.Storage.Postgres.Sessions;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>Gives back the leases of any number of runs in one statement; those that were lost are ignored. Tells hosts of runs that may go on.</summary>
internal sealed class ReleaseGroups(PostgresSession session) : WriteGroups<PendingRelease, bool>
{
    private const string Sql =
        """
        WITH given AS (
          UPDATE runs r SET owner = NULL, fencing_token = NULL, expires_at = NULL
          FROM unnest($1::text[], $2::bigint[]) AS a (run_id, token) WHERE r.run_id = a.run_id AND r.fencing_token = a.token
          RETURNING r.is_open AND r.priority IS NOT NULL AS is_runnable)
        SELECT pg_notify($3, $4) FROM given WHERE is_runnable LIMIT 1
        """;

    protected override async Task WriteAsync(List<PendingRelease> group) => await session.ExecuteAsync(
        Sql,
        command => command.Bind([.. group.Select(release => release.RunId)]).Bind([.. group.Select(release => release.FencingToken)])
            .Bind(session.Channel).Bind(FoundRuns.Topic),
        CancellationToken.None);
}
