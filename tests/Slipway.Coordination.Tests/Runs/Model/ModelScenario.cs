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

/// <summary>A plan, its people, and the lives of the process that runs it; the one after the last is undisturbed.</summary>
internal sealed record ModelScenario(IReadOnlyList<ModelStep> Steps, IReadOnlyList<Life> Lives, int Parallelism)
{
    /// <summary>Whether an attempt may have been cut off.</summary>
    public bool IsDisturbed => Lives.Any(life => life.Turn is Turn.DeathBeforeWrite or Turn.DeathAfterWrite or Turn.Stop);

    /// <summary>Makes a scenario; the same seed gives the same one.</summary>
    public static ModelScenario Generate(int seed)
    {
        var random = new Random(seed);
        var steps = Enumerable.Range(0, random.Next(1, 8)).Select(number => GenerateStep(number, random)).ToList();
        var lives = Enumerable.Range(0, Math.Max(0, random.Next(-1, 4))).Select(_ => new Life((Turn)random.Next(7), random.Next(1, 14))).ToList();
        return new ModelScenario(steps, lives, random.Next(1, 5));
    }

    /// <summary>Scenarios with a little less in them, the boldest first.</summary>
    public IEnumerable<ModelScenario> Shrink()
    {
        for (var i = 0; i < Steps.Count; i++) yield return this with { Steps = [.. Steps.Where((_, at) => at != i).Select(step => Without(step, Steps[i].Number))] };
        for (var i = 0; i < Lives.Count; i++) yield return this with { Lives = [.. Lives.Where((_, at) => at != i)] };
        if (Parallelism > 1) yield return this with { Parallelism = 1 };
        for (var i = 0; i < Steps.Count; i++)
        {
            var step = Steps[i];
            ModelStep[] simpler =
            [
                step with { Act = Act.Succeed }, step with { Recovery = null }, step with { Resources = "" }, step with { Retries = 0 }, step with { NeedsApproval = false },
                step with { IsApproved = true }, step with { FailsInterrupted = false }, step with { Criticality = default }, step with { Below = Act.Succeed },
                .. step.DependsOn.Select(edge => step with { DependsOn = [.. step.DependsOn.Where(other => other != edge)] }),
            ];
            foreach (var one in simpler.Where(one => one.ToString() != step.ToString())) yield return this with { Steps = [.. Steps.Select((other, at) => at == i ? one : other)] };
        }
    }

    public override string ToString() =>
        $"""
        {string.Join(Environment.NewLine, Steps)}
        parallelism {Parallelism}; lives: {(Lives.Count == 0 ? "one, undisturbed" : string.Join(", ", Lives.Select(life => $"{life.Turn} at {life.At}")))}
        """;

    private static ModelStep Without(ModelStep step, int number) =>
        step with { DependsOn = [.. step.DependsOn.Where(edge => ModelStep.NumberOf(edge) != number)] };

    private static ModelStep GenerateStep(int number, Random random)
    {
        var act = random.Next(3) == 0 ? Act.Succeed : (Act)random.Next(9);
        var isFailing = act is Act.Fail or Act.Falter;
        return new ModelStep
        {
            Number = number,
            Act = act,
            DependsOn = [.. Enumerable.Range(0, number).Where(_ => random.Next(3) == 0).Select(before => random.Next(4) == 0 ? -before - 1 : before)],
            Criticality = random.Next(6) switch { 0 => Criticality.Critical, 1 => Criticality.Optional, _ => Criticality.Normal },
            Resources = random.Next(8) switch { 0 => "x", 1 => "yx", 2 => "zy", _ => "" },
            Faults = random.Next(1, 4),
            Retries = random.Next(4),
            Below = act is Act.Descend ? new[] { Act.Succeed, Act.Fail, Act.Suspend }[random.Next(3)] : new[] { Act.Succeed, Act.Fail, Act.Skip }[random.Next(3)],
            Recovery = isFailing && random.Next(2) == 0 ? new[] { "degrade", "path", "retry", "mend", "escalate" }[random.Next(5)] : null,
            NeedsApproval = act is not Act.Ask && random.Next(8) == 0,
            IsApproved = random.Next(3) != 0,
            FailsInterrupted = random.Next(10) == 0,
        };
    }
}
