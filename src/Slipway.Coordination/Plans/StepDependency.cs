namespace Slipway.Coordination.Plans;

/// <summary>An edge from a step to a step that comes before it.</summary>
/// <param name="StepId">The step that comes first.</param>
/// <param name="IsOptional">True when the dependent may start however the other ended; false when it must have succeeded.</param>
public readonly record struct StepDependency(string StepId, bool IsOptional = false)
{
    /// <summary>A required dependency on the step of this id.</summary>
    public static implicit operator StepDependency(string stepId) => new(stepId);

    /// <summary>A required dependency on the step of this id.</summary>
    public static StepDependency FromString(string stepId) => new(stepId);

    /// <summary>A dependency that only orders: the dependent starts once the other has ended in any way.</summary>
    public static StepDependency Optional(string stepId) => new(stepId, IsOptional: true);
}
