using Slipway.Coordination.Plans;

namespace Slipway.CrashHost;

/// <summary>A plan of 30 steps with chains, a fan-out, joins, a diamond and steps on their own.</summary>
internal static class MixedPlan
{
    public static Plan Create()
    {
        var steps = new List<Step>();
        Chain("chain", 6);
        for (var fan = 1; fan <= 10; fan++) Add($"fan-{fan}", "chain-6");
        Add("join", [.. Enumerable.Range(1, 10).Select(fan => $"fan-{fan}")]);
        Chain("side", 5, "chain-3");
        Add("top", "join", "side-5");
        Add("left", "top");
        Add("right", "top");
        Add("bottom", "left", "right");
        for (var lone = 1; lone <= 3; lone++) Add($"lone-{lone}");
        Add("final", "bottom", "lone-1", "lone-2", "lone-3");
        return new Plan { Name = "mixed", Steps = steps };

        void Chain(string name, int length, params string[] after)
        {
            for (var link = 1; link <= length; link++) Add($"{name}-{link}", link == 1 ? after : [$"{name}-{link - 1}"]);
        }

        void Add(string id, params string[] after) => steps.Add(new Step
        {
            Id = id,
            Agent = EffectAgent.Name,
            DependsOn = [.. after.Select(dependency => new StepDependency(dependency))],
        });
    }
}
