using Slipway.Coordination.Workflows;

namespace Slipway.Coordination.Hosting;

/// <summary>That a container's engine has a coordinator of workflows, and what that works with.</summary>
internal sealed record WorkflowCoordinatorChoice(WorkflowCoordinatorOptions Options);
