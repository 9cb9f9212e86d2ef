using System.Text;
using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Recovery;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>What the agent of a step does: the name of the agent is the name of the act in lower case.</summary>
internal enum Act
{
    Succeed,
    Fail,
    Skip,
    Falter,
    Hang,
    Suspend,
    Ask,
    Add,
    Descend,

    /// <summary>Takes minutes, and gives signs of life all the time.</summary>
    Beat,
}

/// <summary>What ends a step that hangs.</summary>
internal enum Limit
{
    Attempt,
    Total,

    /// <summary>All its time, when it has used some of it for one attempt.</summary>
    AttemptAndTotal,
    Heartbeat,

    /// <summary>Nothing of its own: the deadline of the run.</summary>
    Deadline,
}

/// <summary>How what a step did is undone.</summary>
internal enum Undo
{
    Never,

    /// <summary>As its plan says.</summary>
    Planned,

    /// <summary>As its agent says before it acts.</summary>
    Told,

    /// <summary>As its plan says, in vain.</summary>
    InVain,
}

/// <summary>One step of a scenario.</summary>
internal sealed record ModelStep
{
    /// <summary>The time between an agent's signs of life is less than half of it.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public required int Number { get; init; }

    public Act Act { get; init; }

    /// <summary>Numbers of the steps before it; the optional ones as negative of the number, less one.</summary>
    public int[] DependsOn { get; init; } = [];

    public Criticality Criticality { get; init; }

    public string Resources { get; init; } = "";

    /// <summary>At <see cref="Act.Falter"/>: how many attempts fail before one succeeds.</summary>
    public int Faults { get; init; }

    public int Retries { get; init; }

    /// <summary>At <see cref="Act.Add"/> and <see cref="Act.Descend"/>: what the step below does.</summary>
    public Act Below { get; init; }

    /// <summary>The rule of recovery: degrade, path, retry, mend or escalate; null for none.</summary>
    public string? Recovery { get; init; }

    public bool NeedsApproval { get; init; }

    /// <summary>What a person says to whatever this step asks.</summary>
    public bool IsApproved { get; init; } = true;

    /// <summary>Whether nobody answers what it asks, which then expires.</summary>
    public bool IsSilent { get; init; }

    public OnInterrupted OnInterrupted { get; init; }

    /// <summary>At <see cref="Act.Hang"/>: what ends it.</summary>
    public Limit Limit { get; init; }

    public Undo Undo { get; init; }

    /// <summary>At <see cref="Act.Add"/>: whether what it adds comes before the steps that wait for it.</summary>
    public bool IsBeforeDependents { get; init; } = true;

    public bool Asks => Act is Act.Ask || NeedsApproval || Recovery is "escalate";

    public string Id => $"n{Number}";

    public string AddedId => $"{Id}+";

    public static int NumberOf(int edge) => edge < 0 ? -edge - 1 : edge;

    public Step ToStep()
    {
        var below = new Step { Id = "below", Agent = NameOf(Below) };
        return new Step
        {
            Id = Id,
            Agent = NameOf(Act),
            Input = Act is Act.Falter ? TestRun.Json($"{Faults}") : Act is Act.Descend ? SubPlan(below) : default,
            DependsOn = [.. DependsOn.Select(edge => new StepDependency($"n{NumberOf(edge)}", edge < 0))],
            Criticality = Criticality,
            Modifies = [.. Resources.Select(resource => resource.ToString())],
            Retry = new RetryPolicy { MaxRetries = Retries },
            Timeouts = Timeouts,
            Approval = NeedsApproval ? Question : null,
            OnInterrupted = OnInterrupted,
            Compensation = Undo is Undo.Planned or Undo.InVain ? UndoBy(Undo) : null,
            Recovery = Recovery is null ? RecoveryPolicy.None : RecoveryPolicy.Of(new RecoveryRule { Name = Recovery, Strategy = StrategyOf(Recovery) }),
        };
    }

    /// <summary>The step that the agent adds: after this one, and after all that this one comes after.</summary>
    public Step ToAdded() => new()
    {
        Id = AddedId,
        Agent = NameOf(Below),
        DependsOn = [Id, .. DependsOn.Select(edge => new StepDependency($"n{NumberOf(edge)}"))],
    };

    /// <summary>What it asks people.</summary>
    public ApprovalPolicy Question => new() { Question = "May it?", Expiry = IsSilent ? Patience : null };

    public static CompensationAction UndoBy(Undo undo) => new() { Agent = undo is Undo.InVain ? NameOf(Act.Fail) : "undo" };

    public static string NameOf(Act act) => act.ToString().ToLowerInvariant();

    public override string ToString()
    {
        var text = new StringBuilder($"{Id} {NameOf(Act)}");
        if (Act is Act.Falter) text.Append($" {Faults} times");
        if (Act is Act.Add or Act.Descend) text.Append($" to {NameOf(Below)}");
        if (DependsOn.Length > 0) text.Append($" after {string.Join(", ", DependsOn.Select(edge => $"n{NumberOf(edge)}{(edge < 0 ? "?" : "")}"))}");
        if (Criticality is not Criticality.Normal) text.Append($"; {Criticality}");
        if (Resources.Length > 0) text.Append($"; modifies {Resources}");
        if (Retries > 0) text.Append($"; {Retries} retries");
        if (Recovery is not null) text.Append($"; recovers: {Recovery}");
        if (NeedsApproval) text.Append("; needs approval");
        if (!IsApproved) text.Append("; people say no");
        if (IsSilent) text.Append("; people say nothing");
        if (OnInterrupted is not OnInterrupted.Retry) text.Append($"; when interrupted: {OnInterrupted}");
        if (Act is Act.Hang) text.Append($"; ends by {Limit}");
        if (Act is Act.Add && !IsBeforeDependents) text.Append("; before nobody");
        if (Undo is not Undo.Never) text.Append($"; undone: {Undo}");
        return text.ToString();
    }

    private StepTimeouts Timeouts => (Act, Limit) switch
    {
        (Act.Beat, _) => new StepTimeouts { Heartbeat = Heartbeat },
        (Act.Hang, Limit.Attempt) => new StepTimeouts { Attempt = Second },
        (Act.Hang, Limit.Total) => new StepTimeouts { Total = 2.5 * Second },
        (Act.Hang, Limit.AttemptAndTotal) => new StepTimeouts { Attempt = Second, Total = 2.5 * Second },
        (Act.Hang, Limit.Heartbeat) => new StepTimeouts { Heartbeat = Second },
        _ => StepTimeouts.None,
    };

    private static JsonElement SubPlan(Step below)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        PlanJson.Write(buffer, TestRun.PlanOf(TestRun.StepOf("first"), below with { DependsOn = ["first"] }));
        return TestRun.Json($$"""{"plan":{{Encoding.UTF8.GetString(buffer.WrittenSpan)}}}""");
    }

    private RecoveryStrategy StrategyOf(string name) => name switch
    {
        "degrade" => new GracefulDegradation(),
        "path" => new AlternativePath { Agent = NameOf(Act.Succeed) },
        "retry" => new RetryRecovery { MaxRetries = 1 },
        "mend" => new ErrorCorrection { Agent = NameOf(Act.Succeed) },
        _ => new Escalation { To = ["ann"], Question = "Again?", Expiry = IsSilent ? Patience : null },
    };
}
