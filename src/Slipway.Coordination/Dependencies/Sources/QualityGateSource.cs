using System.Globalization;
using Slipway.Coordination.Dependencies.Resolving;
using Slipway.Coordination.Gates;

namespace Slipway.Coordination.Dependencies.Sources;

/// <summary>Quality gates that let through, by the board of the coordination.</summary>
internal sealed class QualityGateSource(DependencySessions sessions) : IDependencySource
{
    public DependencyKind Kind => DependencyKind.QualityGate;

    public bool IsKnown(string coordinationId, string target) => sessions.Get(coordinationId).Gates.IsKnown(target);

    public string? Explain(DependencyWait wait) =>
        sessions.Get(wait.CoordinationId).Gates.Evaluate(wait.Dependency.Target, ((QualityGateMetadata)wait.Dependency.Metadata).Threshold).ToString();

    public async Task<DependencyOutcome> WaitAsync(DependencyWait wait, CancellationToken cancellationToken)
    {
        var (gateId, demand) = (wait.Dependency.Target, (QualityGateMetadata)wait.Dependency.Metadata);
        var board = sessions.Get(wait.CoordinationId).Gates;
        if (!board.IsKnown(gateId)) board.Define(new QualityGate { Id = gateId, Type = demand.GateType });
        var evaluation = await board.WaitAsync(gateId, demand.Threshold, cancellationToken);
        if (!evaluation.IsPassed) return DependencyOutcome.Failed(DependencyProblems.Ended(gateId));
        var score = evaluation.Score!.Value.ToString(CultureInfo.InvariantCulture);
        return DependencyOutcome.Satisfied(new Dictionary<string, string> { ["resolved_by"] = gateId, ["score"] = score, ["reason"] = evaluation.ToString() });
    }
}
