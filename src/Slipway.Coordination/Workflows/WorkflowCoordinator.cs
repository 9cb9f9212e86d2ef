using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Board;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Workflows;

/// <summary>
/// Coordinates workflows of agents, each in one call: contexts for all, agents as soon as what they depend on is there, signals of what
/// happens, and routing after each end. A workflow is a run of the engine, so it is journaled and can be resumed by any coordinator whose
/// engine has the journal and the agents. What belongs to it goes when it ends, pauses or fails. Safe to call from many threads.
/// </summary>
public sealed class WorkflowCoordinator : IDisposable
{
    private readonly RunEngine _engine;
    private readonly WorkflowCoordinatorOptions _options;
    private readonly ContextDistributor _contexts;
    private readonly SmartRouter _router;
    private readonly SignalHub _hub;
    private readonly DependencyResolver _resolver;
    private readonly WorkflowTotals _totals;
    private readonly ConcurrentDictionary<string, bool> _underWay = new(StringComparer.Ordinal);

    /// <summary>A coordinator. An engine has one; it adds the agent <c>slipway.workflow</c> to the engine's registry.</summary>
    /// <param name="engine">Runs the workflows over its agents.</param>
    /// <param name="options">What to work with; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">The engine has a coordinator already.</exception>
    public WorkflowCoordinator(RunEngine engine, WorkflowCoordinatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _options = options ?? new WorkflowCoordinatorOptions();
        var run = engine.Services.Options;
        _contexts = _options.Contexts ?? new ContextDistributor(new ContextDistributorOptions { Time = run.Time, Metrics = run.Metrics });
        _router = _options.Router ?? DefaultRouter(run);
        _hub = new SignalHub(new SignalHubOptions { Time = run.Time });
        _resolver = new DependencyResolver(_hub, _options.Dependencies with { Time = run.Time, Logger = run.Logger, Metrics = run.Metrics, AllowUnknownTargets = false });
        _totals = new WorkflowTotals(run.Metrics);
        if (engine.Services.Interceptor is not null) throw new InvalidOperationException("The engine has a coordinator already; use that one.");
        engine.Services.Agents.Add(WorkflowSteps.AgentName, new WorkflowSteps(SessionOf, _resolver));
        engine.Services.Interceptor = new WorkflowAttempts(SessionOf, new WorkflowDecisions(_router, engine.Services.Agents));
    }

    /// <summary>Runs a workflow to its end.</summary>
    /// <param name="workflowId">The workflow, 1 to 91 characters; several runs of it may go on at once.</param>
    /// <param name="agentAssignments">What each agent is to do, by its id of 1 to 100 characters: it is done by the registered agent of its role, or else of its id.</param>
    /// <param name="sharedIntelligence">What all agents know; null for nothing.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Pauses the workflow; <see cref="ResumeAsync"/> goes on with it.</param>
    /// <returns>
    /// What became of it. Refused before anything ran, with one problem each: nothing assigned (<c>SLW5900</c>), unusable names (<c>SLW5901</c>),
    /// unknown agents (<c>SLW5902</c>), dependencies on what is not there (<c>SLW5903</c>, <c>SLW5459</c>) or in a circle (<c>SLW5904</c>), and what
    /// contexts, gates and plans say of themselves.
    /// </returns>
    public async Task<WorkflowResult> CoordinateAsync(
        string workflowId,
        IReadOnlyDictionary<string, AgentAssignment> agentAssignments,
        SharedIntelligence? sharedIntelligence = null,
        WorkflowOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflowId);
        ArgumentNullException.ThrowIfNull(agentAssignments);
        options ??= WorkflowOptions.Default;
        var begun = Time.GetTimestamp();
        var coordinationId = options.CoordinationId ?? $"{workflowId}-{_options.NewDigits()}";
        var request = new ContextRequest
        {
            CoordinationId = coordinationId,
            SessionId = options.SessionId ?? $"session-{_options.NewDigits()}",
            ParentWorkflowId = options.ParentWorkflowId,
            Assignments = agentAssignments,
            Shared = sharedIntelligence,
            Resources = options.ResourceAllocations,
            Protocols = options.Protocols,
            CreatedAt = JournalTime.Now(Time),
        };
        if (!_underWay.TryAdd(coordinationId, true)) return Refused(workflowId, coordinationId, [RunProblems.RunExists(coordinationId)], begun);
        try
        {
            var (plan, problems) = Plan(workflowId, request, options);
            if (plan is null) return Refused(workflowId, coordinationId, problems, begun);
            var run = new RunRequest { RunId = coordinationId, Plan = plan, Priority = options.Priority, Deadline = options.Deadline };
            return await EndAsync(workflowId, coordinationId, () => _engine.StartAsync(run, cancellationToken), begun).ConfigureAwait(false);
        }
        finally
        {
            _underWay.TryRemove(coordinationId, out _);
        }
    }

    /// <summary>
    /// Goes on with a workflow that was paused, failed, or whose process died: what succeeded is not done again. Contexts are those that it had,
    /// with every update; resources have to be marked again, as they belong to the process.
    /// </summary>
    /// <param name="id">The coordination's id, or the workflow's: then the newest run of it. One that has succeeded is left as it is.</param>
    /// <param name="cancellationToken">Pauses the workflow again.</param>
    public async Task<WorkflowResult> ResumeAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var begun = Time.GetTimestamp();
        var run = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (run is null) return Refused(id, id, [RunProblems.NoSuchRun(id)], begun);
        return WorkflowDefinition.IsWorkflow(run.Started.Plan)
            ? await EndAsync(run.Started.Plan.Labels[WorkflowDefinition.Label], run.RunId, () => _engine.ResumeAsync(run.RunId, cancellationToken), begun).ConfigureAwait(false)
            : Refused(id, run.RunId, [WorkflowProblems.NoWorkflow(run.RunId)], begun);
    }

    /// <summary>What is known of a workflow, while it runs or after, from its journal; null when there is no such workflow.</summary>
    /// <param name="coordinationId">The coordination.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<WorkflowResult?> FindResultAsync(string coordinationId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(coordinationId);
        return await ReportAsync(coordinationId, null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells a workflow that an agent has ended: one outside it, which its agents wait for. The signal is journaled with the run.</summary>
    /// <param name="coordinationId">The coordination.</param>
    /// <param name="completion">Which agent, and how.</param>
    /// <param name="cancellationToken">Ends the wait for slow subscribers.</param>
    /// <returns>The signal; refused with <c>SLW5907</c> when no such workflow runs here.</returns>
    public async Task<PublishResult> SignalAgentCompletionAsync(string coordinationId, AgentCompleted completion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(completion);
        if (_engine.FindBoard(coordinationId) is not { } board) return PublishResult.Refused(WorkflowProblems.NotRunning(coordinationId));
        return await board.PublishAsync(new SignalDraft(completion) { Sender = completion.AgentId }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest context of an agent, while its workflow runs here; null when it does not.</summary>
    public AgentContext? GetAgentContext(string coordinationId, string agentId) => _contexts.Get(coordinationId, agentId);

    /// <summary>Tells agents of a running workflow something: those that begin later find it in their contexts. Journaled before anybody can see it.</summary>
    /// <param name="update">What, and to whom.</param>
    /// <param name="cancellationToken">Ends the wait for other updates.</param>
    public async Task<ContextUpdateResult> UpdateSharedIntelligenceAsync(ContextUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        if (_contexts.List(update.CoordinationId).Count == 0 || _engine.FindBoard(update.CoordinationId) is not { } board)
            return new ContextUpdateResult([], new Dictionary<string, Diagnostic>(), [WorkflowProblems.NotRunning(update.CoordinationId)]);
        var session = board.Companion<WorkflowSession>(() => throw new OperationCanceledException("The workflow is over."));
        return await session.UpdateAsync(update, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How the dependencies of a workflow stand, while it runs or after: of agents on each other by the id <c>{agent}_complete</c>, of all else by their own.</summary>
    /// <param name="coordinationId">The coordination; an unknown one has none.</param>
    /// <param name="dependencyId">Only those of this id; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<DependencyResult>> CheckDependencyStatusAsync(string coordinationId, string? dependencyId = null, CancellationToken cancellationToken = default)
    {
        if (await FindResultAsync(coordinationId, cancellationToken).ConfigureAwait(false) is not { } result) return [];
        // While somebody waits, the resolver knows more than the journal.
        var live = _resolver.GetStatuses(coordinationId).ToDictionary(status => (status.AgentId, status.DependencyId));
        return
        [
            .. result.DependencyDetails
                .Where(status => dependencyId is null || status.DependencyId == dependencyId)
                .Select(status => status.IsPending ? live.GetValueOrDefault((status.AgentId, status.DependencyId), status) : status),
        ];
    }

    /// <summary>Tells how available a resource is, and wakes the agents of all workflows that wait for it.</summary>
    /// <inheritdoc cref="DependencyResolver.MarkResourceAvailable"/>
    public Diagnostic? MarkResourceAvailable(string resourceId, double availability = 1) => _resolver.MarkResourceAvailable(resourceId, availability);

    /// <summary>Gives a quality gate of a running workflow a score, and wakes the agents that wait for it. Journaled with the run; agents do the same by their <see cref="RunBoard"/>.</summary>
    /// <param name="coordinationId">The coordination.</param>
    /// <param name="gateId">The gate.</param>
    /// <param name="score">The score.</param>
    /// <param name="by">Who gives it.</param>
    public async Task<GateUpdate> UpdateQualityGateAsync(string coordinationId, string gateId, double score, string by) => _engine.FindBoard(coordinationId) is { } board
        ? await board.UpdateGateAsync(gateId, score, by).ConfigureAwait(false)
        : new GateUpdate(null, WorkflowProblems.NotRunning(coordinationId));

    /// <summary>What the coordinator has done since it was made.</summary>
    public CoordinationMetrics GetCoordinationMetrics() => _totals.Sum(_router.GetStats());

    /// <summary>Ends all waits of its workflows. End or pause the workflows first.</summary>
    public void Dispose() => _resolver.Dispose();

    private TimeProvider Time => _engine.Services.Options.Time;

    private static SmartRouter DefaultRouter(RunOptions run)
    {
        var router = new SmartRouter(new RoutingOptions { Time = run.Time, Logger = run.Logger, Metrics = run.Metrics });
        router.AddRouter(new StateAnalysisRouter());
        return router;
    }

    private (Plans.Plan? Plan, IReadOnlyList<Diagnostic> Problems) Plan(string workflowId, ContextRequest request, WorkflowOptions options)
    {
        var problems = new List<Diagnostic>();
        WorkflowCheck.Names(workflowId, options, problems);
        if (request.Assignments.Count == 0) problems.Add(WorkflowProblems.NoAssignments());
        var performers = WorkflowCheck.Performers(request.Assignments, _engine.Services.Agents, problems);
        WorkflowCheck.Order(request.Assignments, options, problems);
        if (problems.Count == 0) problems.AddRange(_contexts.Check(request));
        if (problems.Count == 0) problems.AddRange(CheckWaits(request, options));
        if (problems.Count > 0) return (null, problems);

        var definition = new WorkflowDefinition
        {
            WorkflowId = workflowId,
            EnableSignals = options.EnableSignals,
            EnableRouting = options.EnableRouting,
            Resources = options.Resources,
            ExternalAgents = options.ExternalAgents,
            Gates = options.QualityGates,
            Contexts = request,
        };
        var drafts = new ContextDistributor(_contexts.Options with { Metrics = null }).Distribute(request);
        return drafts.IsDistributed ? (WorkflowPlan.Build(definition, drafts.Contexts, performers, options), []) : (null, drafts.Problems);
    }

    /// <summary>Everything that could keep what is waited for from ever coming.</summary>
    private List<Diagnostic> CheckWaits(ContextRequest request, WorkflowOptions options)
    {
        var targets = new DependencyTargets { Agents = [.. request.Assignments.Keys, .. options.ExternalAgents], Resources = options.Resources, Gates = options.QualityGates };
        if (_engine.FindBoard(request.CoordinationId) is not null) return [RunProblems.RunExists(request.CoordinationId)];
        try
        {
            List<Diagnostic> problems = [.. _resolver.Declare(request.CoordinationId, targets)];
            foreach (var (agentId, waits) in options.Dependencies) problems.AddRange(_resolver.Check(request.CoordinationId, agentId, waits));
            return problems;
        }
        finally
        {
            _resolver.Clear(request.CoordinationId);
        }
    }

    private WorkflowSession SessionOf(StepContext context) => context.Board.Companion(
        () => new WorkflowSession(WorkflowDefinition.Read(context.Host.Plan), context.Board, _contexts, _resolver));

    private async Task<WorkflowResult> EndAsync(string workflowId, string coordinationId, Func<Task<RunResult>> run, long begun)
    {
        _totals.Begin();
        var isSuccess = false;
        try
        {
            var result = await run().ConfigureAwait(false);
            isSuccess = result.IsSuccess;
            // Where the journal has failed there is nothing to count.
            if (result.Problems.Count > 0) return Unreported(workflowId, coordinationId, result, begun);
            var report = await ReportAsync(coordinationId, result, CancellationToken.None).ConfigureAwait(false);
            return report! with { Duration = Time.GetElapsedTime(begun) };
        }
        finally
        {
            _totals.End(coordinationId, isSuccess, Time.GetElapsedTime(begun));
        }
    }

    /// <summary>Counts what the journal holds of a workflow.</summary>
    private async Task<WorkflowResult?> ReportAsync(string coordinationId, RunResult? result, CancellationToken cancellationToken)
    {
        var board = new BoardFold(coordinationId, Time);
        var run = await RunProjection.LoadAsync(_engine.Services.Journal, coordinationId, board.Fold, cancellationToken).ConfigureAwait(false);
        if (run is null || !WorkflowDefinition.IsWorkflow(run.Started.Plan)) return null;
        using var content = board.Content;
        return WorkflowReport.Of(result ?? new RunResult(run, []), run, content, _contexts.Options with { Metrics = null });
    }

    private async Task<RunProjection?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var journal = _engine.Services.Journal;
        if (await RunProjection.LoadAsync(journal, id, cancellationToken).ConfigureAwait(false) is { } known) return known;
        await foreach (var runId in journal.ListRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!runId.StartsWith($"{id}-", StringComparison.Ordinal)) continue;
            var run = await RunProjection.LoadAsync(journal, runId, cancellationToken).ConfigureAwait(false);
            if (run?.Started.Plan.Labels.GetValueOrDefault(WorkflowDefinition.Label) == id) return run;
        }

        return null;
    }

    private WorkflowResult Refused(string workflowId, string coordinationId, IReadOnlyList<Diagnostic> problems, long begun)
    {
        _totals.Refuse();
        return Unreported(workflowId, coordinationId, new RunResult(null, problems), begun);
    }

    private WorkflowResult Unreported(string workflowId, string coordinationId, RunResult run, long begun) => new()
    {
        WorkflowId = workflowId,
        CoordinationId = coordinationId,
        Duration = Time.GetElapsedTime(begun),
        Error = run.Problems[0].Summary,
        Run = run,
    };
}
