using System.Collections.Concurrent;
using Npgsql;
using Slipway.Coordination.Journal;
using Slipway.Storage.Postgres.Sessions;

namespace Slipway.Storage.Postgres.Writing;

/// <summary>
/// Appends in groups: whatever waits when a statement is sent travels in it, however many runs it belongs to, and is committed with it. Who comes
/// when nobody is writing leads.
/// </summary>
internal sealed class AppendGroups(PostgresSession session) : IAsyncDisposable
{
    private const int LargestGroup = 256;
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

    private readonly ConcurrentQueue<PendingAppend> _waiting = new();
    private readonly List<PendingAppend> _group = new(LargestGroup);
    private readonly HashSet<string> _runs = new(StringComparer.Ordinal);
    private PendingAppend? _next;
    private int _led;
    private int _isClosed;

    /// <summary>Appends durably, with others or alone.</summary>
    /// <param name="append">What to append.</param>
    /// <param name="cancellationToken">Withdraws the append while it waits; one under way is finished and answered.</param>
    public ValueTask<long> AppendAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<long>(cancellationToken);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed) != 0, typeof(PostgresJournal));
        Submit(append);
        return cancellationToken.CanBeCanceled ? AwaitCancellableAsync(append, cancellationToken) : new ValueTask<long>(append.Completion);
    }

    /// <summary>Finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;
        var last = new PendingAppend(new RunLease("", "", 0, default), 0, []);
        Submit(last);
        await last.Completion;
    }

    private static async ValueTask<long> AwaitCancellableAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((PendingAppend)state!).Withdraw(token), append))
        {
            return await append.Completion;
        }
    }

    private void Submit(PendingAppend append)
    {
        _waiting.Enqueue(append);
        if (TryLead()) _ = LeadAsync();
    }

    private bool TryLead() => Interlocked.CompareExchange(ref _led, 1, 0) == 0;

    private async Task LeadAsync()
    {
        do
        {
            while (TakeGroup())
            {
                await CommitAsync();
                // The one writer of a serial chain goes on here, without a change of threads, once the lead is free for what it appends next.
                if (_group is [var only] && _next is null && _waiting.IsEmpty)
                {
                    Interlocked.Exchange(ref _led, 0);
                    if (_waiting.IsEmpty || !TryLead())
                    {
                        only.Execute();
                        return;
                    }

                    ThreadPool.UnsafeQueueUserWorkItem(only, preferLocal: false);
                    continue;
                }

                foreach (var append in _group) ThreadPool.UnsafeQueueUserWorkItem(append, preferLocal: false);
            }

            // Somebody may have come between the last look and giving up the lead, and have found it taken.
            Interlocked.Exchange(ref _led, 0);
        }
        while (!_waiting.IsEmpty && TryLead());
    }

    private bool TakeGroup()
    {
        _group.Clear();
        _runs.Clear();
        while (_group.Count < LargestGroup && (_next is not null || _waiting.TryDequeue(out _next)))
        {
            // A second append of one run must see what became of the first.
            if (_runs.Contains(_next.Lease.RunId)) break;
            if (_next.TryTake())
            {
                _runs.Add(_next.Lease.RunId);
                _group.Add(_next);
            }

            _next = null;
        }

        return _group.Count > 0;
    }

    private async Task CommitAsync()
    {
        if (await TryCommitAsync(_group) is not { } failure) return;
        var isSpoiltByOne = _group.Count > 1 && failure is not StorageException { Diagnostic.Code: PostgresDiagnostics.ConnectionLost or "SLW5211" };
        foreach (var append in _group)
        {
            var own = isSpoiltByOne ? await TryCommitAsync([append]) : failure;
            if (own is not null) append.Refuse(own);
        }
    }

    /// <summary>Appends in one transaction.</summary>
    /// <returns>Why nothing was appended, or null when everybody has an answer.</returns>
    private async Task<Exception?> TryCommitAsync(List<PendingAppend> group)
    {
        try
        {
            if (group is [{ Availability: null } only])
            {
                // Nothing is what the last one appends.
                if (only.Payloads.Length > 0 && await session.ExecuteAsync(SqlOfOne, command => Bind(command, only), CancellationToken.None) == 0)
                    only.Refuse(await ExplainAsync(only));
                return null;
            }

            var members = await session.QueryAsync(SqlOfMany, command => Bind(command, group), row => row.GetInt64(0), CancellationToken.None);
            var isAppended = new bool[group.Count];
            foreach (var member in members) isAppended[member - 1] = true;
            for (var index = 0; index < group.Count; index++)
            {
                if (!isAppended[index] && group[index].Payloads.Length > 0) group[index].Refuse(await ExplainAsync(group[index]));
            }

            return null;
        }
        catch (Exception failure)
        {
            return failure;
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
