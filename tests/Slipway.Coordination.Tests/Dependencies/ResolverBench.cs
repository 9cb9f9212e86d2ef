using System.Text.Json;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Dependencies;

/// <summary>A hub, a clock and a resolver for the coordination <c>build</c>, which knows the agents a, b and c.</summary>
internal sealed class ResolverBench : IDisposable
{
    public const string Id = "build";

    public ResolverBench(DependencyResolverOptions? options = null)
    {
        Hub = new SignalHub(new SignalHubOptions { Time = Clock });
        Resolver = new DependencyResolver(Hub, (options ?? new DependencyResolverOptions()) with { Time = Clock });
        Resolver.Declare(Id, new DependencyTargets { Agents = ["a", "b", "c"], Resources = ["db"], Gates = [new() { Id = "unit" }] });
    }

    public ManualTimeProvider Clock { get; } = new();

    public SignalHub Hub { get; }

    public DependencyResolver Resolver { get; }

    public Task<DependencyResolution> WaitAsync(string agent, params Dependency[] dependencies) => Resolver.ResolveAsync(Id, agent, dependencies);

    /// <summary>An agent tells that it has ended.</summary>
    public void Complete(string agent, string? error = null) =>
        Assert.True(Hub.Publish(Id, new AgentCompleted { AgentId = agent, Error = error }, agent).IsPublished);

    /// <summary>Lets others go on, without time passing, until something is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo()) await Task.Yield();
    }

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public void Dispose() => Resolver.Dispose();
}
