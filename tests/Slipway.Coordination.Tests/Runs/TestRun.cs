using System.Collections.Concurrent;
using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>A journal, a clock and agents to run small plans with.</summary>
internal sealed class TestRun
{
    public const string Id = "run-1";

    public TestRun(RunOptions? options = null, IRunJournal? journal = null)
    {
        Journal = journal ?? new InMemoryJournal(Clock);
        Options = (options ?? new RunOptions()) with { Time = Clock };
        Agents = new AgentRegistry { { "ok", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success), isInline: true) } };
    }

    public ManualTimeProvider Clock { get; } = new();

    public IRunJournal Journal { get; }

    public RunOptions Options { get; }

    public AgentRegistry Agents { get; }

    public ConcurrentQueue<string> Calls { get; } = new();

    public RunEngine Engine => new(Journal, Agents, Options);

    public static Failure Transient { get; } = new() { Code = "test", Kind = FailureKind.Transient, Message = "not now" };

    public static Failure Permanent { get; } = new() { Code = "test", Kind = FailureKind.Permanent, Message = "never" };

    public static Plan PlanOf(params Step[] steps) => new() { Name = "test", Steps = steps };

    public static Step StepOf(string id, string agent = "ok", params StepDependency[] dependsOn) => new() { Id = id, Agent = agent, DependsOn = dependsOn };

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>Adds an agent that notes each call and does what is given.</summary>
    public TestRun With(string name, Func<StepContext, CancellationToken, ValueTask<StepOutcome>> run, bool isInline = false)
    {
        Agents.Add(name, new DelegateAgent(
            (context, token) =>
            {
                Calls.Enqueue(context.StepId);
                return run(context, token);
            },
            isInline));
        return this;
    }

    public TestRun With(string name, Func<StepContext, StepOutcome> run) => With(name, (context, _) => ValueTask.FromResult(run(context)));

    public Task<RunResult> StartAsync(params Step[] steps) => Engine.StartAsync(Id, PlanOf(steps));

    /// <summary>Moves the clock from timer to timer until the run ends.</summary>
    public async Task<RunResult> ToEndAsync(Task<RunResult> run)
    {
        using var ended = new CancellationTokenSource();
        var ending = run.ContinueWith(_ => ended.CancelAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        while (!run.IsCompleted)
        {
            try
            {
                await Clock.AdvanceToNextTimerAsync(ended.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await ending;
        return await run;
    }

    public async Task<List<RunEvent>> EventsAsync()
    {
        var events = new List<RunEvent>();
        await foreach (var entry in Journal.ReadAsync(Id)) events.Add(entry.Event);
        return events;
    }
}
