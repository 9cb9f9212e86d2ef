using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Reads <c>autoscale</c> and <c>disruptionBudget</c>; <c>false</c> means none.</summary>
internal static class ScalingReader
{
    /// <summary>Reads the scaling of a workload, or null.</summary>
    public static Autoscaling? ReadAutoscaling(MappingReader service)
    {
        if (IsOff(service, "autoscale") || service.Mapping("autoscale", InventoryFields.Autoscale) is not { } reader) return null;
        var minimum = reader.RequiredInteger("min", 1, 10_000);
        var maximum = reader.RequiredInteger("max", 1, 10_000);
        var cpu = reader.Integer("cpu", 1, 100);
        var memory = reader.Integer("memory", 1, 100);
        if (!reader.Has("cpu") && !reader.Has("memory"))
            reader.Report(InventoryCodes.ScalingRange, "cpu", "scaling has neither a target for 'cpu' nor for 'memory'", "add 'cpu: 70' (percent of the request)");
        if (minimum is null || maximum is null) return null;
        if (minimum.TryGet(out var least) && maximum.TryGet(out var most) && least >= most)
            reader.Report(InventoryCodes.ScalingRange, "max", $"the maximum {most} is not above the minimum {least}", "raise 'max', or remove 'autoscale:'");
        return new Autoscaling(minimum, maximum, cpu, memory);
    }

    /// <summary>Reads the disruption budget of a workload, or null.</summary>
    public static DisruptionBudget? ReadBudget(MappingReader service)
    {
        if (IsOff(service, "disruptionBudget") || service.Mapping("disruptionBudget", InventoryFields.DisruptionBudget) is not { } reader) return null;
        var minimum = reader.Text("minAvailable", NameRules.CountOrPercent);
        var maximum = reader.Text("maxUnavailable", NameRules.CountOrPercent);
        if (reader.Has("minAvailable") == reader.Has("maxUnavailable"))
        {
            reader.Scope.Report(
                InventoryCodes.BudgetChoice,
                reader.Place,
                "a disruption budget has exactly one of 'minAvailable' and 'maxUnavailable'",
                reader.Has("minAvailable") ? "remove one of the two" : "add 'minAvailable: 1'");
            return null;
        }

        return minimum is null && maximum is null ? null : new DisruptionBudget(minimum, maximum);
    }

    /// <summary>Warns of numbers that contradict each other.</summary>
    public static void Compare(MappingReader service, Value<int> replicas, Autoscaling? scaling, DisruptionBudget? budget)
    {
        var pods = scaling?.Minimum ?? replicas;
        if (scaling is not null
            && service.Has("replicas")
            && replicas.TryGet(out var count)
            && scaling.Minimum.TryGet(out var least)
            && scaling.Maximum.TryGet(out var most)
            && (count < least || count > most))
        {
            service.Scope.Report(
                InventoryCodes.ReplicasOutsideScaling,
                service.PlaceOf("replicas"),
                $"{count} replicas are outside what 'autoscale' allows ({least} to {most})",
                "remove 'replicas:', or widen 'autoscale'",
                Severity.Warning);
        }

        if (budget is null || !pods.TryGet(out var running)) return;
        var blocks = budget.MaxUnavailable?.ToString() is "0" or "0%"
            || budget.MinAvailable?.ToString() is "100%"
            || (int.TryParse(budget.MinAvailable?.ToString(), out var stay) && stay >= running);
        if (!blocks) return;
        service.Scope.Report(
            InventoryCodes.BudgetBlocksDrain,
            service.PlaceOf("disruptionBudget"),
            $"the budget lets no pod go while {running} run, so no node that holds one can be drained",
            "leave at least one pod to go",
            Severity.Warning);
    }

    private static bool IsOff(MappingReader service, string field) =>
        service.Get(field) is ScalarNode { Kind: ScalarKind.Boolean } node && !PlainScalars.IsTrue(node.Text);
}
