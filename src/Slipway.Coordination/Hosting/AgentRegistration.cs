using Slipway.Coordination.Agents;

namespace Slipway.Coordination.Hosting;

/// <summary>An agent that a container will make.</summary>
internal sealed record AgentRegistration(AgentDescriptor Descriptor, Func<IServiceProvider, IAgent> Create);
