namespace Slipway.Coordination.Approvals;

/// <summary>How a question stands.</summary>
public enum ApprovalStatus
{
    /// <summary>Nobody has decided.</summary>
    Pending,

    /// <summary>Somebody who may has said yes.</summary>
    Approved,

    /// <summary>Somebody who may has said no.</summary>
    Rejected,

    /// <summary>Its time passed before anybody decided.</summary>
    Expired,

    /// <summary>The run no longer wants to know: it was cancelled, or the step ended otherwise.</summary>
    Withdrawn,
}
