namespace Slipway.Coordination.Approvals;

/// <summary>That a person must agree, who may, and for how long the question stays open.</summary>
public sealed record ApprovalPolicy
{
    /// <summary>What is asked, one sentence for people, 1 to 1,000 characters, without secrets.</summary>
    public required string Question { get; init; }

    /// <summary>Who may decide: names of people or of groups. Default: none named, anybody may.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>How long the question stays open, 1 ms to 10 years; then the step fails. Default: null, for ever.</summary>
    public TimeSpan? Expiry { get; init; }
}
