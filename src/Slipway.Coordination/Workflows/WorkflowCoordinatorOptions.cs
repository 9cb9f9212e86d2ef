using System.Security.Cryptography;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Routing;

namespace Slipway.Coordination.Workflows;

/// <summary>What a coordinator works with. Clock, log and metrics are the engine's.</summary>
public sealed record WorkflowCoordinatorOptions
{
    /// <summary>Who keeps the agents' packages; null for one of the coordinator's own. Default: null.</summary>
    public ContextDistributor? Contexts { get; init; }

    /// <summary>Who decides after an agent's end; null for one that judges by the signs in the state (<see cref="Routing.Routers.StateAnalysisRouter"/>). Default: null.</summary>
    public SmartRouter? Router { get; init; }

    /// <summary>Probes and kinds of your own for what agents wait for. The clock is the engine's; unknown targets are always refused. Default: all defaults.</summary>
    public DependencyResolverOptions Dependencies { get; init; } = new();

    /// <summary>Makes the eight hexadecimal digits that tell coordinations and sessions apart. Default: at random.</summary>
    public Func<string> NewDigits { get; init; } = static () => RandomNumberGenerator.GetHexString(8, lowercase: true);
}
