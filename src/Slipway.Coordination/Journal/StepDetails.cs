namespace Slipway.Coordination.Journal;

/// <summary>What only few steps have, kept apart so that the others stay small.</summary>
internal sealed class StepDetails
{
    public IReadOnlyList<string>? HeldResources { get; set; }

    /// <summary>How many questions were asked.</summary>
    public int Questions { get; set; }

    public ApprovalRequested? OpenQuestion { get; set; }

    public ApprovalDecided? NewestDecision { get; set; }

    /// <summary>When the first attempt since the step was last opened began.</summary>
    public DateTimeOffset? FirstStartedAt { get; set; }
}
