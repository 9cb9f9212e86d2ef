using Slipway.Coordination.Agents;

namespace Slipway.Coordination.Tests.Agents;

/// <summary>Agents that do what is told, for registries.</summary>
internal static class TestAgents
{
    public static IAgent Idle { get; } = new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success), isInline: true);

    public static RegisteredAgent Register(this AgentRegistry registry, string name, string[] capabilities, int priority = 50, int? maxConcurrency = null, IAgent? agent = null) =>
        registry.Register(new AgentDescriptor { Name = name, Capabilities = capabilities, Priority = priority, MaxConcurrency = maxConcurrency }, agent ?? Idle);
}
