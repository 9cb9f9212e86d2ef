using Microsoft.Extensions.Logging;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Workflows;

namespace Slipway.Coordination.Hosting;

/// <summary>
/// Puts an engine together. All that is wrong is told at once, when it is built; a builder that has built is frozen. For use by one thread.
/// Without further word runs, locks and questions are kept in memory, and the engine's options have their defaults.
/// </summary>
public sealed class CoordinationBuilder
{
    private readonly List<(AgentDescriptor Descriptor, IAgent Agent)> _agents = [];
    private readonly List<IRunObserver> _observers = [];
    private readonly List<Func<RunOptions, RunOptions>> _configurations = [];
    private IRunJournal? _journal;
    private ILockStore? _locks;
    private IApprovalStore? _approvals;
    private TimeProvider? _time;
    private ILoggerFactory? _loggers;
    private MetricsCollector? _metrics;
    private WorkflowCoordinatorOptions? _workflows;
    private bool _isBuilt;

    /// <summary>Adds an agent of which only the name is known.</summary>
    /// <param name="name">What steps call it by, 1 to 100 characters.</param>
    /// <param name="agent">Who does the work.</param>
    public CoordinationBuilder AddAgent(string name, IAgent agent) => AddAgent(new AgentDescriptor { Name = name }, agent);

    /// <summary>Adds an agent made of a function.</summary>
    /// <param name="name">What steps call it by, 1 to 100 characters.</param>
    /// <param name="run">Does a step.</param>
    public CoordinationBuilder AddAgent(string name, Func<StepContext, CancellationToken, ValueTask<StepOutcome>> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return AddAgent(name, new DelegateAgent(run));
    }

    /// <summary>Adds an agent with what is known of it: capabilities, priority, limits.</summary>
    /// <param name="descriptor">What is known of it.</param>
    /// <param name="agent">Who does the work.</param>
    public CoordinationBuilder AddAgent(AgentDescriptor descriptor, IAgent agent)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(agent);
        return Change(() => _agents.Add((descriptor, agent)));
    }

    /// <summary>Adds somebody who watches all runs.</summary>
    /// <param name="observer">Who watches.</param>
    public CoordinationBuilder AddObserver(IRunObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return Change(() => _observers.Add(observer));
    }

    /// <summary>Says where runs are recorded. Default: in memory.</summary>
    /// <param name="journal">The journal; the builder does not close it.</param>
    public CoordinationBuilder UseJournal(IRunJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return Change(() => _journal = journal);
    }

    /// <summary>Says where steps lock what they modify. Default: in memory.</summary>
    /// <param name="locks">The store; the builder does not close it.</param>
    public CoordinationBuilder UseLocks(ILockStore locks)
    {
        ArgumentNullException.ThrowIfNull(locks);
        return Change(() => _locks = locks);
    }

    /// <summary>Says where questions to people are kept. Default: in memory.</summary>
    /// <param name="approvals">The store; the builder does not close it.</param>
    public CoordinationBuilder UseApprovals(IApprovalStore approvals)
    {
        ArgumentNullException.ThrowIfNull(approvals);
        return Change(() => _approvals = approvals);
    }

    /// <summary>Says which clock all parts go by. Default: the system's.</summary>
    /// <param name="time">The clock.</param>
    public CoordinationBuilder UseTime(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return Change(() => _time = time);
    }

    /// <summary>
    /// Logs what the engine finds wrong, and what happens in runs (see <see cref="RunLogObserver"/>), under the category
    /// <c>Slipway.Coordination</c>. Default: no log.
    /// </summary>
    /// <param name="loggers">Makes the log; the builder does not dispose it.</param>
    public CoordinationBuilder UseLogging(ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        return Change(() => _loggers = loggers);
    }

    /// <summary>
    /// Records what all parts do: runs and steps, and the signals and state on the boards of runs; with <see cref="UseWorkflows"/> also contexts,
    /// routing, dependencies and workflows. The names are in <see cref="CoordinationMetricNames"/>. Default: nothing is recorded.
    /// </summary>
    /// <param name="metrics">Where; the builder neither starts nor stops it.</param>
    public CoordinationBuilder UseMetrics(MetricsCollector metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return Change(() => _metrics = metrics);
    }

    /// <summary>Adds a coordinator of workflows: <see cref="CoordinationServices.Workflows"/>. Default: none.</summary>
    /// <param name="options">What it works with; null for the defaults.</param>
    public CoordinationBuilder UseWorkflows(WorkflowCoordinatorOptions? options = null) => Change(() => _workflows = options ?? new WorkflowCoordinatorOptions());

    /// <summary>Changes the options of the engine; may be called several times, each going on from the one before. It runs when the engine is built.</summary>
    /// <param name="configure">Gets the options as they are and gives them as they shall be: <c>options => options with { Parallelism = 4 }</c>.</param>
    public CoordinationBuilder Configure(Func<RunOptions, RunOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Change(() => _configurations.Add(configure));
    }

    /// <summary>Builds the engine, or tells all that is wrong. The builder is frozen only when nothing is.</summary>
    /// <exception cref="InvalidOperationException">It has built already.</exception>
    public CoordinationCheck Check()
    {
        RequireOpen();
        var time = _time ?? TimeProvider.System;
        var given = new RunOptions
        {
            Locks = _locks ?? new InMemoryLockStore(time),
            Approvals = _approvals ?? new InMemoryApprovalStore(time),
            Time = time,
            Metrics = _metrics,
        };
        if (_loggers?.CreateLogger("Slipway.Coordination") is { } logger) given = given with { Logger = logger, Observers = [new RunLogObserver(logger)] };
        given = given with { Observers = [.. given.Observers, .. _observers] };
        var options = _configurations.Aggregate(given, (options, configure) => configure(options) ?? throw new InvalidOperationException("A configuration gave no options."));

        var agents = new AgentRegistry(time);
        var problems = new List<Diagnostic>();
        problems.AddRange(RunOptions.FindProblems(options).Select(HostingProblems.OptionOutOfRange));
        problems.AddRange(FindDifferences(given, options).Select(HostingProblems.StoreTwice));
        problems.AddRange(_agents.Select(agent => Register(agents, agent.Descriptor, agent.Agent)).OfType<Diagnostic>());
        if (problems.Count > 0) return new CoordinationCheck(null, problems);

        _isBuilt = true;
        var services = new CoordinationServices(_journal ?? new InMemoryJournal(time), agents, options.Locks!, options.Approvals!, options, _workflows);
        return new CoordinationCheck(services, []);
    }

    /// <summary>Builds the engine.</summary>
    /// <exception cref="InvalidOperationException">It has built already, or something is wrong: the message tells all of it. See <see cref="Check"/>.</exception>
    public CoordinationServices Build()
    {
        var check = Check();
        return check.Services ?? throw new InvalidOperationException(string.Join(Environment.NewLine, check.Problems));
    }

    private static Diagnostic? Register(AgentRegistry agents, AgentDescriptor descriptor, IAgent agent)
    {
        if (descriptor.Name == WorkflowSteps.AgentName) return HostingProblems.UnusableAgent(descriptor.Name, "the name belongs to the coordinator of workflows");
        if (descriptor.Name is not null && agents.Find(descriptor.Name) is not null) return HostingProblems.AgentTwice(descriptor.Name);
        try
        {
            agents.Register(descriptor, agent);
            return null;
        }
        catch (ArgumentException exception)
        {
            return HostingProblems.UnusableAgent(descriptor.Name ?? "", exception.Message);
        }
    }

    /// <summary>Parts of which the engine would use another one than the rest of the set-up.</summary>
    private static IEnumerable<string> FindDifferences(RunOptions given, RunOptions configured)
    {
        if (!ReferenceEquals(given.Locks, configured.Locks)) yield return "The lock store";
        if (!ReferenceEquals(given.Approvals, configured.Approvals)) yield return "The approval store";
        if (!ReferenceEquals(given.Time, configured.Time)) yield return "The clock";
    }

    private CoordinationBuilder Change(Action change)
    {
        RequireOpen();
        change();
        return this;
    }

    private void RequireOpen()
    {
        if (_isBuilt) throw new InvalidOperationException("The builder has built its engine; what comes later belongs into another one.");
    }
}
