using System.Data.Common;
using Slipway.Coordination.Approvals;
using Slipway.Storage.Postgres.Sessions;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Postgres.Tables;

/// <summary>Questions to people.</summary>
internal sealed class PostgresApprovalTable(PostgresSession session) : IApprovalTable
{
    private static readonly string Select =
        $"""
        SELECT approval_id, run_id, step_id, question, detail, approvers, requested_at, expires_at, status, decided_at, decided_by, note, answer,
               expires_at <= {PostgresJournal.Clock(1)}, expires_at - {PostgresJournal.Clock(1)}
        FROM approvals
        """;

    public async ValueTask AddAsync(ApprovalRequest request, CancellationToken cancellationToken) => await session.ExecuteAsync(
        """
        INSERT INTO approvals (approval_id, run_id, step_id, question, detail, approvers, requested_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (approval_id) DO NOTHING
        """,
        command => command.Bind(request.Id).Bind(request.RunId).Bind(request.StepId).Bind(request.Question).Bind(StoredJson.Text(request.Detail))
            .Bind(StoredJson.Names(request.Approvers)).Bind((DateTimeOffset?)request.RequestedAt).Bind(request.ExpiresAt),
        cancellationToken);

    public async ValueTask<(Approval Approval, TimeSpan? Remaining)?> FindAsync(string approvalId, CancellationToken cancellationToken)
    {
        var found = await session.QueryAsync(
            $"{Select} WHERE approval_id = $2",
            command => command.Bind(session.Now).Bind(approvalId),
            row => (Approval: Read(row), Remaining: row.IsDBNull(14) ? (TimeSpan?)null : row.GetFieldValue<TimeSpan>(14)),
            cancellationToken);
        return found is [var one] ? one : null;
    }

    public async ValueTask<bool> TrySettleAsync(string approvalId, ApprovalStatus status, ApprovalDecision? decision, CancellationToken cancellationToken)
    {
        var settled = await session.QueryAsync(
            $"""
            WITH settled AS (
              UPDATE approvals SET status = $3, decided_at = {PostgresJournal.Clock(2)}, decided_by = $4, note = $5, answer = $6
              WHERE approval_id = $1 AND status IS NULL AND (expires_at IS NULL OR expires_at > {PostgresJournal.Clock(2)}) RETURNING 1)
            SELECT pg_notify($7, $8) FROM settled
            """,
            command => command.Bind(approvalId).Bind(session.Now).Bind(StoredApproval.NameOf(status)).Bind(decision?.By).Bind(decision?.Note)
                .Bind(decision is null ? null : StoredJson.Text(decision.Answer)).Bind(session.Channel).Bind(ApprovalStore.TopicOf(approvalId)),
            static _ => true,
            cancellationToken);
        return settled.Count > 0;
    }

    public ValueTask<List<Approval>> ListAsync(string? runId, CancellationToken cancellationToken) => session.QueryAsync(
        $"{Select} WHERE $2 IS NULL OR run_id = $2 ORDER BY requested_at, approval_id",
        command => command.Bind(session.Now).Bind(runId),
        Read,
        cancellationToken);

    public async ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken)
    {
        var gone = await session.QueryAsync(
            "WITH gone AS (DELETE FROM approvals WHERE run_id = $1 RETURNING approval_id) SELECT pg_notify($2, $3 || approval_id) FROM gone",
            command => command.Bind(runId).Bind(session.Channel).Bind(ApprovalStore.TopicOf("")),
            static _ => true,
            cancellationToken);
        return gone.Count;
    }

    private static Approval Read(DbDataReader row)
    {
        var request = new ApprovalRequest
        {
            Id = row.GetString(0),
            RunId = row.GetString(1),
            StepId = row.GetString(2),
            Question = row.GetString(3),
            Detail = StoredJson.Value(row.TextOrNull(4)),
            Approvers = StoredJson.Names(row.GetString(5)),
            RequestedAt = row.Time(6),
            ExpiresAt = row.TimeOrNull(7),
        };
        var isExpired = !row.IsDBNull(13) && row.GetBoolean(13);
        return StoredApproval.Of(
            request, row.TextOrNull(8), row.TimeOrNull(9), row.TextOrNull(10), row.TextOrNull(11), row.TextOrNull(12), isExpired);
    }
}
