using Slipway.Coordination.Approvals;
using Slipway.Storage.Sqlite.Native;
using Slipway.Storage.Stores;

namespace Slipway.Storage.Sqlite.Tables;

/// <summary>Questions to people.</summary>
internal sealed class SqliteApprovalTable(SqliteSession session) : IApprovalTable
{
    private const string Columns =
        "approval_id, run_id, step_id, question, detail, approvers, requested_at, expires_at, status, decided_at, decided_by, note, answer";

    public async ValueTask AddAsync(ApprovalRequest request, CancellationToken cancellationToken) => await session.WriteAsync(
        tables =>
        {
            tables.Statements[
                """
                INSERT INTO approvals (approval_id, run_id, step_id, question, detail, approvers, requested_at, expires_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (approval_id) DO NOTHING
                """].Bind(1, request.Id).Bind(2, request.RunId).Bind(3, request.StepId).Bind(4, request.Question).Bind(5, StoredJson.Text(request.Detail))
                .Bind(6, StoredJson.Names(request.Approvers)).Bind(7, request.RequestedAt).Bind(8, request.ExpiresAt).Run();
            return true;
        },
        cancellationToken);

    public ValueTask<(Approval Approval, TimeSpan? Remaining)?> FindAsync(string approvalId, CancellationToken cancellationToken)
    {
        var now = session.Now;
        return session.ReadAsync<(Approval, TimeSpan?)?>(
            statements => statements[$"SELECT {Columns} FROM approvals WHERE approval_id = ?1"].Bind(1, approvalId).Rows(row => Read(row, now)) is [var found]
                ? (found, found.Status is ApprovalStatus.Pending ? found.Request.ExpiresAt - now : null)
                : null,
            cancellationToken);
    }

    public ValueTask<bool> TrySettleAsync(string approvalId, ApprovalStatus status, ApprovalDecision? decision, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            ApprovalStore.TopicOf(approvalId),
            tables =>
            {
                tables.Statements[
                    """
                    UPDATE approvals SET status = ?2, decided_at = ?3, decided_by = ?4, note = ?5, answer = ?6
                    WHERE approval_id = ?1 AND status IS NULL AND (expires_at IS NULL OR expires_at > ?3)
                    """].Bind(1, approvalId).Bind(2, StoredApproval.NameOf(status)).Bind(3, (DateTimeOffset?)tables.Now).Bind(4, decision?.By).Bind(5, decision?.Note)
                    .Bind(6, decision is null ? null : StoredJson.Text(decision.Answer)).Run();
                return tables.Changes > 0;
            },
            cancellationToken);

    public ValueTask<List<Approval>> ListAsync(string? runId, CancellationToken cancellationToken)
    {
        var now = session.Now;
        return session.ReadAsync(
            statements => statements[$"SELECT {Columns} FROM approvals WHERE ?1 IS NULL OR run_id = ?1 ORDER BY requested_at, approval_id"]
                .Bind(1, runId).Rows(row => Read(row, now)),
            cancellationToken);
    }

    public async ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken)
    {
        var gone = await session.WriteAsync(
            tables =>
            {
                var ids = tables.Statements["SELECT approval_id FROM approvals WHERE run_id = ?1"].Bind(1, runId).Rows(row => row.Text(0));
                tables.Statements["DELETE FROM approvals WHERE run_id = ?1"].Bind(1, runId).Run();
                return ids;
            },
            cancellationToken);
        foreach (var id in gone) session.Bell.Ring(ApprovalStore.TopicOf(id));
        return gone.Count;
    }

    private static Approval Read(SqliteStatement row, DateTimeOffset now)
    {
        var request = new ApprovalRequest
        {
            Id = row.Text(0),
            RunId = row.Text(1),
            StepId = row.Text(2),
            Question = row.Text(3),
            Detail = StoredJson.Value(row.TextOrNull(4)),
            Approvers = StoredJson.Names(row.Text(5)),
            RequestedAt = row.Time(6),
            ExpiresAt = row.TimeOrNull(7),
        };
        return StoredApproval.Of(
            request, row.TextOrNull(8), row.TimeOrNull(9), row.TextOrNull(10), row.TextOrNull(11), row.TextOrNull(12), request.ExpiresAt <= now);
    }
}
