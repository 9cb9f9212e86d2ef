using System.Text.Json;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Journal;

/// <summary>What only few steps have, kept apart so that the others stay small.</summary>
internal sealed class StepDetails
{
    /// <summary>How many attempts were answered with a retry since the step was last opened.</summary>
    public int Retries { get; set; }

    /// <summary>How long the next attempt was to wait when the retry was decided.</summary>
    public TimeSpan RetryDelay { get; set; }

    /// <summary>When the next attempt may start; null when there is nothing to wait for.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>How much of the running attempt is done, 0 to 1; null when unknown.</summary>
    public double? Fraction { get; set; }

    public IReadOnlyList<string>? HeldResources { get; set; }

    /// <summary>The step as an agent added it.</summary>
    public Step? AddedAs { get; set; }

    /// <summary>The fencing token of its newest locks.</summary>
    public long LockToken { get; set; }

    /// <summary>How many questions were asked.</summary>
    public int Questions { get; set; }

    public ApprovalRequested? OpenQuestion { get; set; }

    public ApprovalDecided? NewestDecision { get; set; }

    /// <summary>When the first attempt since the step was last opened began.</summary>
    public DateTimeOffset? FirstStartedAt { get; set; }

    /// <summary>How to undo what the attempts did, oldest first.</summary>
    public List<CompensationAction> Compensations { get; private set; } = [];

    /// <summary>The runs below the step, oldest first.</summary>
    public List<string> SubRuns { get; private set; } = [];

    /// <summary>The names of the rules of recovery that were decided on, oldest first.</summary>
    public List<string> Recoveries { get; private set; } = [];

    /// <summary>Who does the step instead of its own agent; null for its own.</summary>
    public string? Agent { get; set; }

    /// <summary>What it is given instead of its own input; undefined for its own.</summary>
    public JsonElement Input { get; set; }

    /// <summary>Who mends the input in the next attempt; null when nobody does.</summary>
    public string? Corrector { get; set; }

    /// <summary>True while a person was asked about a failure, which stands if they say no.</summary>
    public bool IsEscalated { get; set; }

    public StepDetails Copy()
    {
        var copy = (StepDetails)MemberwiseClone();
        copy.Compensations = [.. Compensations];
        copy.SubRuns = [.. SubRuns];
        copy.Recoveries = [.. Recoveries];
        return copy;
    }
}
