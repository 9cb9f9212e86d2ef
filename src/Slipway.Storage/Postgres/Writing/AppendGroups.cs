using Npgsql;
using Slipway.Coordination.Journal;
using Slipway.Storage.Postgres.Sessions;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>Appends to any number of runs in one statement.</summary>
internal sealed class AppendGroups(PostgresSession session) : WriteGroups<PendingAppend, long>
{
    private const int Unchanged = -1;

    // One statement is one transaction. The row of a run is updated only under the newest token, before its expiry and at the sequence that the
    // writer knows; where it is not, nothing of that append is inserted and the others are not disturbed.
    private const string SqlOfMany =
        """
        WITH clock AS (SELECT coalesce($1, date_trunc('milliseconds', clock_timestamp())) AS now),
        asked AS (
          SELECT * FROM unnest($2::text[], $3::bigint[], $4::bigint[], $5::int[], $6::int[], $7::int[]) WITH ORDINALITY
            AS a (run_id, token, expected, events, open, priority, member)),
        held AS (
          UPDATE runs r SET newest_sequence = a.expected + a.events, first_at = coalesce(r.first_at, clock.now),
            is_open = CASE WHEN a.open < 0 THEN r.is_open ELSE a.open = 1 END, priority = CASE WHEN a.priority < 0 THEN r.priority ELSE a.priority END
          FROM asked a, clock
          WHERE r.run_id = a.run_id AND r.fencing_token = a.token AND r.expires_at > clock.now AND r.newest_sequence = a.expected
          RETURNING a.member, r.run_no),
        added AS (
          INSERT INTO events (run_no, sequence, at, payload)
          SELECT held.run_no, e.sequence, clock.now, e.payload
          FROM unnest($8::bigint[], $9::bigint[], $10::text[]) AS e (member, sequence, payload) JOIN held USING (member), clock)
        SELECT member FROM held
        """;

    // The same for one run, without the joins and what only the events of the run itself change: a serial chain of steps pays for this only.
    private const string SqlOfOne =
        """
        WITH held AS (
          UPDATE runs SET newest_sequence = $4 + cardinality($5::text[]), first_at = coalesce(first_at, coalesce($1, date_trunc('milliseconds', statement_timestamp())))
          WHERE run_id = $2 AND fencing_token = $3 AND newest_sequence = $4 AND expires_at > coalesce($1, statement_timestamp())
          RETURNING run_no)
        INSERT INTO events (run_no, sequence, at, payload)
        SELECT held.run_no, $4 + e.number, coalesce($1, date_trunc('milliseconds', statement_timestamp())), e.payload
        FROM held, unnest($5::text[]) WITH ORDINALITY AS e (payload, number)
        """;

    protected override async Task WriteAsync(List<PendingAppend> group)
    {
        if (group is [{ Availability: null } only])
        {
            if (await session.ExecuteAsync(SqlOfOne, command => Bind(command, only), CancellationToken.None) == 0) only.Refuse(await ExplainAsync(only));
            return;
        }

        var members = await session.QueryAsync(SqlOfMany, command => Bind(command, group), row => row.GetInt64(0), CancellationToken.None);
        var isAppended = new bool[group.Count];
        foreach (var member in members) isAppended[member - 1] = true;
        for (var index = 0; index < group.Count; index++)
        {
            if (!isAppended[index]) group[index].Refuse(await ExplainAsync(group[index]));
        }
    }

    private void Bind(NpgsqlCommand command, PendingAppend append) => command
        .Bind(session.Now).Bind(append.Lease.RunId).Bind(append.Lease.FencingToken).Bind(append.ExpectedSequence).Bind(append.Payloads);

    private void Bind(NpgsqlCommand command, List<PendingAppend> group)
    {
        var total = 0;
        foreach (var append in group) total += append.Payloads.Length;
        var (runIds, tokens, expected, counts) = (new string[group.Count], new long[group.Count], new long[group.Count], new int[group.Count]);
        var (open, priorities) = (new int[group.Count], new int[group.Count]);
        var (members, sequences, payloads) = (new long[total], new long[total], new byte[total][]);
        var row = 0;
        for (var index = 0; index < group.Count; index++)
        {
            var append = group[index];
            (runIds[index], tokens[index]) = (append.Lease.RunId, append.Lease.FencingToken);
            (expected[index], counts[index]) = (append.ExpectedSequence, append.Payloads.Length);
            (open[index], priorities[index]) = (append.Availability is { } change ? change.IsOpen ? 1 : 0 : Unchanged, append.Availability?.Priority ?? Unchanged);
            for (var number = 0; number < append.Payloads.Length; number++, row++)
                (members[row], sequences[row], payloads[row]) = (index + 1, append.ExpectedSequence + number + 1, append.Payloads[number]);
        }

        command.Bind(session.Now).Bind(runIds).Bind(tokens).Bind(expected).Bind(counts)
            .Bind(open).Bind(priorities).Bind(members).Bind(sequences).Bind(payloads);
    }

    /// <summary>Says why an append was refused, as it looks now.</summary>
    private async Task<Exception> ExplainAsync(PendingAppend append)
    {
        var (lease, expected) = (append.Lease, append.ExpectedSequence);
        try
        {
            var found = await session.QueryAsync(
                $"SELECT owner, coalesce(fencing_token, 0), coalesce(expires_at > {PostgresJournal.Clock(2)}, false), newest_sequence FROM runs WHERE run_id = $1",
                command => command.Bind(lease.RunId).Bind(session.Now),
                row => (Owner: row.TextOrNull(0), Token: row.GetInt64(1), IsValid: row.GetBoolean(2), Newest: row.GetInt64(3)),
                CancellationToken.None);
            var run = found.FirstOrDefault();
            var holder = run.Owner is null ? "nobody holds it" : run.Token == lease.FencingToken ? "it has expired" : $"'{run.Owner}' holds it with token {run.Token}";
            return new JournalConflictException(
                lease.RunId,
                run.IsValid && run.Token == lease.FencingToken
                    ? $"Run '{lease.RunId}' was expected at sequence {expected} but is at {run.Newest}"
                    : $"The lease of '{lease.Owner}' on run '{lease.RunId}' (token {lease.FencingToken}) is lost: {holder}");
        }
        catch (StorageException failure)
        {
            return failure;
        }
    }
}
