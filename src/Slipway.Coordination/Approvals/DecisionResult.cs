namespace Slipway.Coordination.Approvals;

/// <summary>What became of a decision.</summary>
public enum DecisionResult
{
    /// <summary>It counts.</summary>
    Accepted,

    /// <summary>There is no such question.</summary>
    Unknown,

    /// <summary>Somebody had decided before, it had expired, or it was withdrawn; that stays.</summary>
    NotPending,

    /// <summary>The person is none of the approvers.</summary>
    NotAllowed,
}
