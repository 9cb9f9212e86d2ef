using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Workflows;

namespace Slipway.Coordination.Hosting;

/// <summary>Puts an engine and its agents into a container.</summary>
public static class CoordinationServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="RunEngine"/> with its <see cref="AgentRegistry"/> (and both as <see cref="CoordinationServices"/>). It works with what the
    /// container has of <see cref="IRunJournal"/>, <see cref="ILockStore"/>, <see cref="IApprovalStore"/>, <see cref="TimeProvider"/>,
    /// <see cref="ILoggerFactory"/>, <see cref="MetricsCollector"/> and <see cref="IRunObserver"/>; what is not registered is in memory, the system's clock, no log, no metrics, nobody. Agents come
    /// from <see cref="AddSlipwayAgent{TAgent}(IServiceCollection, AgentDescriptor, ServiceLifetime)"/>. Whatever is wrong throws
    /// <see cref="InvalidOperationException"/> with all of it when the engine is first asked for.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Changes the options of the engine; each further call goes on from the one before. Stores and clock are not given here but registered.</param>
    public static IServiceCollection AddSlipwayCoordination(this IServiceCollection services, Func<RunOptions, RunOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null) services.AddSingleton(new OptionsChange(configure));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRunJournal>(provider => new InMemoryJournal(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ILockStore>(provider => new InMemoryLockStore(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IApprovalStore>(provider => new InMemoryApprovalStore(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(Build);
        services.TryAddSingleton(provider => provider.GetRequiredService<CoordinationServices>().Engine);
        services.TryAddSingleton(provider => provider.GetRequiredService<CoordinationServices>().Agents);
        return services;
    }

    /// <summary>
    /// Adds one <see cref="RunHost"/> that takes up the runs that wait in the container's journal, and the engine with it. It is not started: give
    /// <see cref="RunHost.RunAsync"/> to a background service.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="options">How it takes up runs; null for the defaults.</param>
    public static IServiceCollection AddSlipwayRunHost(this IServiceCollection services, RunHostOptions? options = null)
    {
        services.AddSlipwayCoordination();
        services.TryAddSingleton(provider => new RunHost(provider.GetRequiredService<RunEngine>(), options));
        return services;
    }

    /// <summary>Adds one <see cref="WorkflowCoordinator"/> over the engine, with the container's <see cref="ContextDistributor"/> and <see cref="SmartRouter"/> where there are any.</summary>
    /// <param name="services">The container.</param>
    /// <param name="configure">Changes what the coordinator works with.</param>
    public static IServiceCollection AddSlipwayWorkflows(this IServiceCollection services, Func<WorkflowCoordinatorOptions, WorkflowCoordinatorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSlipwayCoordination();
        services.TryAddSingleton(provider =>
        {
            var options = new WorkflowCoordinatorOptions { Contexts = provider.GetService<ContextDistributor>(), Router = provider.GetService<SmartRouter>() };
            return new WorkflowCoordinatorChoice(configure is null ? options : configure(options));
        });
        // The builder makes it with the engine, so that an engine that is asked for alone can go on with workflows too.
        services.TryAddSingleton(provider => provider.GetRequiredService<CoordinationServices>().Workflows!);
        return services;
    }

    /// <summary>Adds an agent by its type, of which only the name is known.</summary>
    /// <typeparam name="TAgent">The agent; the container makes it.</typeparam>
    /// <param name="services">The container.</param>
    /// <param name="name">What steps call it by, 1 to 100 characters.</param>
    /// <param name="lifetime">See the other overload.</param>
    public static IServiceCollection AddSlipwayAgent<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAgent>(
        this IServiceCollection services, string name, ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TAgent : class, IAgent => services.AddSlipwayAgent<TAgent>(new AgentDescriptor { Name = name }, lifetime);

    /// <summary>Adds an agent by its type. A type may be added under several names.</summary>
    /// <typeparam name="TAgent">The agent; the container makes it, unless it has a registration of the type already.</typeparam>
    /// <param name="services">The container.</param>
    /// <param name="descriptor">What is known of it.</param>
    /// <param name="lifetime">
    /// Singleton: one for all attempts, called from many threads at once. Scoped or transient: one for each attempt, in a scope of its own that ends with
    /// the attempt; such an agent is never called inline. Default: singleton.
    /// </param>
    public static IServiceCollection AddSlipwayAgent<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAgent>(
        this IServiceCollection services, AgentDescriptor descriptor, ServiceLifetime lifetime = ServiceLifetime.Singleton)
        where TAgent : class, IAgent
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(descriptor);
        services.TryAdd(new ServiceDescriptor(typeof(TAgent), typeof(TAgent), lifetime));
        return services.AddSingleton(new AgentRegistration(descriptor, lifetime is ServiceLifetime.Singleton ? provider => provider.GetRequiredService<TAgent>() : InScopes<TAgent>));
    }

    /// <summary>Adds an agent that a function makes, once.</summary>
    /// <param name="services">The container.</param>
    /// <param name="name">What steps call it by, 1 to 100 characters.</param>
    /// <param name="create">Makes it; <see cref="DelegateAgent"/> makes one of a function.</param>
    public static IServiceCollection AddSlipwayAgent(this IServiceCollection services, string name, Func<IServiceProvider, IAgent> create)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(create);
        return services.AddSingleton(new AgentRegistration(new AgentDescriptor { Name = name }, create));
    }

    private static IAgent InScopes<TAgent>(IServiceProvider provider)
        where TAgent : class, IAgent
    {
        var scopes = provider.GetRequiredService<IServiceScopeFactory>();
        return typeof(IVerifyingAgent).IsAssignableFrom(typeof(TAgent)) ? new ScopedVerifyingAgent<TAgent>(scopes) : new ScopedAgent<TAgent>(scopes);
    }

    private static CoordinationServices Build(IServiceProvider provider)
    {
        var builder = new CoordinationBuilder()
            .UseTime(provider.GetRequiredService<TimeProvider>())
            .UseJournal(provider.GetRequiredService<IRunJournal>())
            .UseLocks(provider.GetRequiredService<ILockStore>())
            .UseApprovals(provider.GetRequiredService<IApprovalStore>());
        if (provider.GetService<ILoggerFactory>() is { } loggers) builder.UseLogging(loggers);
        if (provider.GetService<MetricsCollector>() is { } metrics) builder.UseMetrics(metrics);
        if (provider.GetService<WorkflowCoordinatorChoice>() is { } workflows) builder.UseWorkflows(workflows.Options);
        foreach (var observer in provider.GetServices<IRunObserver>()) builder.AddObserver(observer);
        foreach (var agent in provider.GetServices<AgentRegistration>()) builder.AddAgent(agent.Descriptor, agent.Create(provider));
        foreach (var change in provider.GetServices<OptionsChange>()) builder.Configure(change.Configure);
        return builder.Build();
    }
}
