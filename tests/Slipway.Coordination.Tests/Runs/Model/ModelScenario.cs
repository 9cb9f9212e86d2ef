using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>What ends a life of the process, or happens in it.</summary>
internal enum Turn
{
    /// <summary>The process dies at an append that does not reach the disk.</summary>
    DeathBeforeWrite,

    /// <summary>The process dies at an append that does.</summary>
    DeathAfterWrite,
    Drain,
    Stop,
    Cancel,
    ClockForward,
    ClockBack,
}

/// <summary>Something that happens to one life of the process.</summary>
/// <param name="Turn">What.</param>
/// <param name="At">When: at this append for a death, after this event for all else, counted from 1 in this life.</param>
internal sealed record Life(Turn Turn, int At);

/// <summary>Another run on the same engine: steps side by side that all succeed, at agents and on resources that the first run uses too.</summary>
internal sealed record Sibling(int Priority, int Width, string Resource);

/// <summary>A plan, its people, the runs beside it, and the lives of the process that runs it; the one after the last is undisturbed.</summary>
internal sealed record ModelScenario(IReadOnlyList<ModelStep> Steps, IReadOnlyList<Life> Lives, int Parallelism)
{
    public IReadOnlyList<Sibling> Siblings { get; init; } = [];

    /// <summary>How many attempts of all runs go on at once; null for no limit.</summary>
    public int? EngineParallelism { get; init; }

    /// <summary>How many attempts at <see cref="Act.Succeed"/> its agent does at once; null for no limit.</summary>
    public int? Capacity { get; init; }

    /// <summary>How long the run may take, again at each opening; null for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How often a run that ended without success is opened again.</summary>
    public int Reopenings { get; init; }

    /// <summary>Whether the run is rolled back when it has ended.</summary>
    public bool IsRolledBack { get; init; }

    /// <summary>Whether the run pauses when all that is left waits for people.</summary>
    public bool IsPausedForPeople { get; init; }

    /// <summary>Whether an attempt may have been cut off.</summary>
    public bool IsDisturbed => Lives.Any(life => life.Turn is Turn.DeathBeforeWrite or Turn.DeathAfterWrite or Turn.Stop);

    /// <summary>Makes a scenario; the same seed gives the same one.</summary>
    public static ModelScenario Generate(int seed)
    {
        var random = new Random(seed);
        var steps = Enumerable.Range(0, random.Next(1, 8)).Select(number => GenerateStep(number, random)).ToList();
        var lives = Enumerable.Range(0, Math.Max(0, random.Next(-1, 4))).Select(_ => new Life((Turn)random.Next(7), random.Next(1, 14))).ToList();
        var isSetBack = lives.Any(life => life.Turn is Turn.ClockBack);
        TimeSpan? deadline = !isSetBack && random.Next(8) == 0 ? TimeSpan.FromSeconds(random.Next(2, 30)) : null;
        var isBeating = false;
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            // The signs of life of one agent could come too late for another when the clock moves on for both.
            if (step.Act is Act.Beat && isBeating) step = step with { Act = Act.Succeed };
            isBeating |= step.Act is Act.Beat;
            // A question expires later when the clock was set back, a run too; here all that is to happen happens soon.
            steps[i] = step with { IsSilent = step.IsSilent && !isSetBack, Limit = step.Limit is Limit.Deadline && deadline is null ? Limit.Attempt : step.Limit };
        }

        // A lock is a lease: it is over when the clock jumps far enough, and another run may have it then.
        var isJumping = isSetBack || lives.Any(life => life.Turn is Turn.ClockForward);
        return new ModelScenario(steps, lives, random.Next(1, 5))
        {
            Siblings = random.Next(3) == 0 ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Sibling(random.Next(101), random.Next(1, 6), isJumping ? "" : new[] { "", "x", "y" }[random.Next(3)]))] : [],
            EngineParallelism = random.Next(3) == 0 ? random.Next(1, 4) : null,
            Capacity = random.Next(3) == 0 ? random.Next(1, 3) : null,
            Deadline = deadline,
            Reopenings = random.Next(3) == 0 ? random.Next(1, 3) : 0,
            IsRolledBack = random.Next(4) == 0,
            IsPausedForPeople = random.Next(6) == 0,
        };
    }

    /// <summary>Scenarios with a little less in them, the boldest first.</summary>
    public IEnumerable<ModelScenario> Shrink()
    {
        for (var i = 0; i < Steps.Count; i++) yield return this with { Steps = [.. Steps.Where((_, at) => at != i).Select(step => Without(step, Steps[i].Number))] };
        for (var i = 0; i < Lives.Count; i++) yield return this with { Lives = [.. Lives.Where((_, at) => at != i)] };
        if (Parallelism > 1) yield return this with { Parallelism = 1 };
        if (Siblings.Count > 0) yield return this with { Siblings = [.. Siblings.Skip(1)] };
        if (EngineParallelism is not null) yield return this with { EngineParallelism = null };
        if (Capacity is not null) yield return this with { Capacity = null };
        if (Deadline is not null && !Steps.Any(step => step is { Act: Act.Hang, Limit: Limit.Deadline })) yield return this with { Deadline = null };
        if (Reopenings > 0) yield return this with { Reopenings = Reopenings - 1 };
        if (IsRolledBack) yield return this with { IsRolledBack = false };
        if (IsPausedForPeople) yield return this with { IsPausedForPeople = false };
        for (var i = 0; i < Steps.Count; i++)
        {
            var step = Steps[i];
            ModelStep[] simpler =
            [
                step with { Act = Act.Succeed }, step with { Recovery = null }, step with { Resources = "" }, step with { Retries = 0 }, step with { NeedsApproval = false },
                step with { IsApproved = true }, step with { OnInterrupted = default }, step with { IsSilent = false }, step with { Undo = default }, step with { Criticality = default }, step with { Below = Act.Succeed },
                .. step.DependsOn.Select(edge => step with { DependsOn = [.. step.DependsOn.Where(other => other != edge)] }),
            ];
            foreach (var one in simpler.Where(one => one.ToString() != step.ToString())) yield return this with { Steps = [.. Steps.Select((other, at) => at == i ? one : other)] };
        }
    }

    public override string ToString() =>
        $"""
        {string.Join(Environment.NewLine, Steps)}
        parallelism {Parallelism}; of the engine {EngineParallelism}; of the agent {Capacity}; beside it: {string.Join(", ", Siblings)}
        deadline {Deadline}; opened again {Reopenings} times; {(IsRolledBack ? "rolled back" : "not rolled back")}; {(IsPausedForPeople ? "pauses for people" : "waits for people")}
        lives: {(Lives.Count == 0 ? "one, undisturbed" : string.Join(", ", Lives.Select(life => $"{life.Turn} at {life.At}")))}
        """;

    private static ModelStep Without(ModelStep step, int number) =>
        step with { DependsOn = [.. step.DependsOn.Where(edge => ModelStep.NumberOf(edge) != number)] };

    private static ModelStep GenerateStep(int number, Random random)
    {
        var act = random.Next(3) == 0 ? Act.Succeed : (Act)random.Next(10);
        var isFailing = act is Act.Fail or Act.Falter;
        return new ModelStep
        {
            Number = number,
            Act = act,
            DependsOn = [.. Enumerable.Range(0, number).Where(_ => random.Next(3) == 0).Select(before => random.Next(4) == 0 ? -before - 1 : before)],
            Criticality = random.Next(6) switch { 0 => Criticality.Critical, 1 => Criticality.Optional, _ => Criticality.Normal },
            // Who takes so long would lose its locks when the clock jumps.
            Resources = act is Act.Beat ? "" : random.Next(8) switch { 0 => "x", 1 => "yx", 2 => "zy", _ => "" },
            Faults = random.Next(1, 4),
            Retries = random.Next(4),
            Below = act is Act.Descend ? new[] { Act.Succeed, Act.Fail, Act.Suspend }[random.Next(3)] : new[] { Act.Succeed, Act.Fail, Act.Skip }[random.Next(3)],
            Recovery = isFailing && random.Next(2) == 0 ? new[] { "degrade", "path", "retry", "mend", "escalate" }[random.Next(5)] : null,
            NeedsApproval = act is not Act.Ask && random.Next(8) == 0,
            IsApproved = random.Next(3) != 0,
            IsSilent = random.Next(4) == 0,
            // Nobody can say whether a sub-run happened.
            OnInterrupted = random.Next(10) switch { 0 => OnInterrupted.Fail, 1 or 2 when act is not Act.Descend => OnInterrupted.Verify, _ => OnInterrupted.Retry },
            Limit = (Limit)random.Next(5),
            Undo = random.Next(3) == 0 ? (Undo)random.Next(act is Act.Succeed or Act.Fail or Act.Skip or Act.Falter ? 4 : 2) : Undo.Never,
            IsBeforeDependents = random.Next(3) != 0,
        };
    }
}
