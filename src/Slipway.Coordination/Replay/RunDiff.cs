using System.Text.Json;

namespace Slipway.Coordination.Replay;

/// <summary>
/// How two runs differ: in their plans, in how their steps ended, in what these gave. Pure and repeatable: the same two journals give
/// the same answer in any culture. When steps began and how long they took is told, but is no difference: it is another each time.
/// </summary>
public sealed record RunDiff
{
    /// <summary>The first run.</summary>
    public required string RunA { get; init; }

    /// <summary>The second run.</summary>
    public required string RunB { get; init; }

    /// <summary>Steps that only the first plan has, in its order.</summary>
    public required IReadOnlyList<string> OnlyInA { get; init; }

    /// <summary>Steps that only the second plan has, in its order.</summary>
    public required IReadOnlyList<string> OnlyInB { get; init; }

    /// <summary>Fields of the plan and of steps of both that differ, as JSON, by path; a default is left out, as in the plan's JSON form.</summary>
    public required IReadOnlyList<FieldChange> Plan { get; init; }

    /// <summary>The run's status, and state, attempt, lesser outputs, cause, recoveries, decisions and failure of steps of both.</summary>
    public required IReadOnlyList<FieldChange> Outcome { get; init; }

    /// <summary>Where outputs of steps of both differ, by JSON path; at most 1,000 a step.</summary>
    public required IReadOnlyList<FieldChange> Outputs { get; init; }

    /// <summary>How many differences of outputs and inputs are not listed, because a step had too many.</summary>
    public required long Omitted { get; init; }

    /// <summary>Steps of both, in the order of the first plan.</summary>
    public required IReadOnlyList<StepTiming> Timings { get; init; }

    /// <summary>How long the first run took; null when it has not ended.</summary>
    public required TimeSpan? DurationA { get; init; }

    /// <summary>How long the second run took; null when it has not ended.</summary>
    public required TimeSpan? DurationB { get; init; }

    /// <summary>True when anything but timing differs.</summary>
    public bool HasDifferences => OnlyInA.Count + OnlyInB.Count + Plan.Count + Outcome.Count + Outputs.Count > 0;

    /// <summary>The first place in the order of starts at which another step began, among the steps of both; null when all began in one order.</summary>
    public int? FirstOtherStart
    {
        get
        {
            var byA = Timings.Where(timing => timing.OrderA is not null).OrderBy(timing => timing.OrderA).Select(timing => timing.StepId);
            var byB = Timings.Where(timing => timing.OrderB is not null).OrderBy(timing => timing.OrderB).Select(timing => timing.StepId);
            var place = byA.Zip(byB).TakeWhile(pair => pair.First == pair.Second).Count();
            return place < Math.Max(byA.Count(), byB.Count()) ? place + 1 : null;
        }
    }

    /// <summary>Compares two runs as they are at the places of their replays: mostly their ends.</summary>
    public static RunDiff Compare(RunReplay a, RunReplay b) => new RunDifferences(a, b).Find();

    /// <summary>Writes the JSON form: fixed order of properties, empty lists and unknown values left out.</summary>
    public void Write(Utf8JsonWriter writer) => RunDiffJson.Write(writer, this);

    /// <summary>The difference in lines, for people.</summary>
    public override string ToString() => RunDiffText.Write(this);
}
