using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Tests.Runs;
using Slipway.Coordination.Workflows;

namespace Slipway.Coordination.Tests.Workflows;

/// <summary>A coordinator over the engine of a <see cref="TestRun"/>, with ids that count.</summary>
internal sealed class TestWorkflow : IDisposable
{
    private int _digits;

    public TestWorkflow(WorkflowCoordinatorOptions? options = null, RunOptions? run = null, IRunJournal? journal = null)
    {
        Run = new TestRun(run, journal);
        Engine = Run.Engine;
        // No agent is stopped at its time limit while a test rushes to something else.
        var contexts = new ContextDistributor(new ContextDistributorOptions { Time = Run.Clock, DefaultResources = new ResourceAllocation { MaxExecutionTime = TimeSpan.FromDays(1) } });
        Coordinator = new WorkflowCoordinator(Engine, (options ?? new WorkflowCoordinatorOptions { Contexts = contexts }) with { NewDigits = () => $"{++_digits:x8}" });
    }

    public TestRun Run { get; }

    public RunEngine Engine { get; }

    public WorkflowCoordinator Coordinator { get; }

    /// <summary>Assignments by agent and what each depends on.</summary>
    public static Dictionary<string, AgentAssignment> Assign(params (string Agent, string[] After)[] agents) =>
        agents.ToDictionary(agent => agent.Agent, agent => new AgentAssignment { Objective = $"do {agent.Agent}", Dependencies = agent.After });

    public TestWorkflow With(string name, Func<StepContext, CancellationToken, ValueTask<StepOutcome>> run)
    {
        Run.With(name, run);
        return this;
    }

    public TestWorkflow With(string name, Func<StepContext, StepOutcome>? run = null)
    {
        Run.With(name, run ?? (_ => StepOutcome.Success));
        return this;
    }

    public static StepOutcome Gives(string json) => StepOutcome.Succeeded(TestRun.Json(json));

    public static JsonElement Json(string text) => TestRun.Json(text);

    /// <summary>Runs to the end; time passes only by the delays of retries.</summary>
    public Task<WorkflowResult> RunAsync(Dictionary<string, AgentAssignment> assignments, WorkflowOptions? options = null, SharedIntelligence? shared = null) =>
        ToEndAsync(Coordinator.CoordinateAsync("build", assignments, shared, options));

    public async Task<WorkflowResult> ToEndAsync(Task<WorkflowResult> workflow)
    {
        await Run.ToEndAsync(FindRunAsync(workflow));
        return await workflow;
    }

    /// <summary>Lets a workflow end; time passes to whatever is due.</summary>
    public async Task<WorkflowResult> RushAsync(Task<WorkflowResult> workflow)
    {
        await Run.RushAsync(FindRunAsync(workflow));
        return await workflow;
    }

    public async Task<List<RunEvent>> EventsAsync(string coordinationId)
    {
        var events = new List<RunEvent>();
        await foreach (var entry in Run.Journal.ReadAsync(coordinationId)) events.Add(entry.Event);
        return events;
    }

    /// <summary>The signals that the journal holds.</summary>
    public async Task<List<Signal>> SignalsAsync(string coordinationId) =>
        [.. (await EventsAsync(coordinationId)).OfType<SignalPublished>().Select(published => published.Signal)];

    public void Dispose() => Coordinator.Dispose();

    private static async Task<RunResult> FindRunAsync(Task<WorkflowResult> workflow) => (await workflow).Run;
}
