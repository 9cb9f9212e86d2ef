using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>How many pods every workload has in an environment, and which autoscalers and disruption budgets of the base remain.</summary>
internal sealed class ScalePlan
{
    private readonly EnvironmentDefinition _environment;
    private readonly List<(string Name, Value<int> Count)> _replicas = [];
    private readonly List<string> _scaled = [];
    private readonly List<string> _removedBudgets = [];
    private readonly List<(MappingNode Budget, int Available, Provenance Source)> _loweredBudgets = [];
    private readonly List<(MappingNode Scaler, Value<int> Minimum, int? Maximum)> _raisedScalers = [];

    public ScalePlan(PlatformModel model, EnvironmentDefinition environment, BaseObjects objects)
    {
        _environment = environment;
        KeepsScalers = environment.Autoscaling ?? environment.Replicas is null;
        RemovesBudgets = !(environment.DisruptionBudgets ?? !(environment.Replicas is { } count && count.TryGet(out var pods) && pods <= 1));
        foreach (var workload in model.Inventory.Workloads.Where(workload => workload.Kind == WorkloadKind.Deployment)) Plan(workload, objects);
        BudgetCount = objects.OfKind("PodDisruptionBudget").Count();
    }

    /// <summary>False when every autoscaler goes.</summary>
    public bool KeepsScalers { get; }

    /// <summary>True when every disruption budget goes.</summary>
    public bool RemovesBudgets { get; }

    /// <summary>How many disruption budgets the base has.</summary>
    public int BudgetCount { get; }

    /// <summary>The Deployments whose number of pods is set, in order of declaration.</summary>
    public IReadOnlyList<(string Name, Value<int> Count)> Replicas => _replicas;

    /// <summary>The Deployments whose number of pods an autoscaler sets: were it given as well, every deployment of the environment would set it back.</summary>
    public IReadOnlyList<string> Scaled => _scaled;

    /// <summary>Disruption budgets that could never be kept with so few pods, and would block every drain of a node.</summary>
    public IReadOnlyList<string> RemovedBudgets => _removedBudgets;

    /// <summary>Disruption budgets with what stays available.</summary>
    public IReadOnlyList<(MappingNode Budget, int Available, Provenance Source)> LoweredBudgets => _loweredBudgets;

    /// <summary>Autoscalers with their new bounds; a maximum only where the base's is below the new minimum.</summary>
    public IReadOnlyList<(MappingNode Scaler, Value<int> Minimum, int? Maximum)> RaisedScalers => _raisedScalers;

    private void Plan(Workload workload, BaseObjects objects)
    {
        if (objects.Find("Deployment", workload.Name) is null) return;
        var wanted = _environment.Workloads.GetValueOrDefault(workload.Name)?.Replicas ?? _environment.Replicas;
        var scaler = objects.ScalerOf(workload.Name);
        if (scaler is not null && KeepsScalers)
        {
            _scaled.Add(workload.Name);
            if (wanted is not null) Raise(workload, scaler, wanted);
        }
        else if (wanted is not null || scaler is not null)
        {
            // Without its autoscaler a Deployment that leaves the number to it would fall to one pod.
            _replicas.Add((workload.Name, wanted ?? workload.Replicas));
        }

        if (!RemovesBudgets && wanted is not null) Check(workload, wanted, objects);
    }

    private void Raise(Workload workload, MappingNode scaler, Value<int> wanted)
    {
        var above = workload.Autoscaling?.Maximum.TryGet(out var maximum) == true && wanted.TryGet(out var minimum) && maximum < minimum
            ? minimum
            : (int?)null;
        _raisedScalers.Add((scaler, wanted, above));
    }

    private void Check(Workload workload, Value<int> wanted, BaseObjects objects)
    {
        if (workload.DisruptionBudget?.MinAvailable is not { } available || !available.TryGet(out var text)) return;
        if (!int.TryParse(text, out var least) || !wanted.TryGet(out var pods) || least < pods) return;
        if (objects.BudgetOf(workload.Name) is not { } budget) return;
        if (pods > 1) _loweredBudgets.Add((budget, pods - 1, wanted.Source));
        else _removedBudgets.Add(BaseObjects.NameOf(budget));
    }
}
