using Slipway.Coordination.Plans;

namespace Slipway.Benchmarks.Engine;

/// <summary>The shapes that are measured.</summary>
internal static class BenchPlans
{
    public const string Agent = "nothing";

    /// <summary>Each step after the one before it.</summary>
    public static Plan Chain(int length) => Create(length, step => step == 0 ? [] : [step - 1]);

    /// <summary>One step, then all others side by side.</summary>
    public static Plan FanOut(int size) => Create(size, step => step == 0 ? [] : [0]);

    /// <summary>All side by side, then one step after all of them.</summary>
    public static Plan Join(int size) => Create(size + 1, step => step < size ? [] : Enumerable.Range(0, size));

    private static Plan Create(int count, Func<int, IEnumerable<int>> after) => new()
    {
        Name = "bench",
        Steps = [.. Enumerable.Range(0, count).Select(step => new Step
        {
            Id = Id(step),
            Agent = Agent,
            DependsOn = [.. after(step).Select(dependency => new StepDependency(Id(dependency)))],
        })],
    };

    private static string Id(int step) => $"step-{step}";
}
