using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Stages;

/// <summary>Steps that can run side by side, once the stage before is done.</summary>
/// <param name="Name">The unique name, without a slash.</param>
/// <param name="Steps">The steps, by ids that are unique within the stage. None is a stage left out.</param>
public sealed record Stage(string Name, IReadOnlyList<Step> Steps);
