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
    private readonly ConcurrentQueue<TimeSpan> _delays = new();

    public TestRun(RunOptions? options = null, IRunJournal? journal = null)
    {
        Journal = journal ?? new InMemoryJournal(LeaseClock);
        options ??= new RunOptions();
        var delays = new RecordingObserver(entry =>
        {
            if (entry.Event is StepRetrying retrying) _delays.Enqueue(retrying.Delay);
        });
        Options = options with { Time = Clock, Observers = [.. options.Observers, delays] };
        Agents = new AgentRegistry { { "ok", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success), isInline: true) } };
    }

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>The journal's own clock: leases run out only where a test moves it.</summary>
    public ManualTimeProvider LeaseClock { get; } = new();

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

    /// <summary>Lets the run go on, without time passing, until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Clock.Advance(TimeSpan.Zero);
            await Task.Yield();
        }
    }

    /// <summary>Lets the run end; time passes only by the delays of its retries.</summary>
    public async Task<RunResult> ToEndAsync(Task<RunResult> run)
    {
        while (!run.IsCompleted)
        {
            if (_delays.TryDequeue(out var delay)) Clock.Advance(delay);
            else await UntilAsync(() => run.IsCompleted || !_delays.IsEmpty);
        }

        return await run;
    }

    /// <summary>Lets the run end; time passes to whatever is due within ten minutes, never to what is due later.</summary>
    public async Task<RunResult> RushAsync(Task<RunResult> run)
    {
        while (!run.IsCompleted)
        {
            await UntilAsync(() => run.IsCompleted || Clock.NextDue - Clock.GetUtcNow() < TimeSpan.FromMinutes(10));
            var wait = Clock.NextDue - Clock.GetUtcNow();
            if (wait < TimeSpan.FromMinutes(10)) Clock.Advance(wait.Value > TimeSpan.Zero ? wait.Value : TimeSpan.Zero);
        }

        return await run;
    }

    /// <summary>Writes what a process left that then died.</summary>
    public async Task WriteAsync(params RunEvent[] events)
    {
        var lease = (await Journal.TryAcquireAsync(Id, "dead", TimeSpan.FromSeconds(1)))!;
        await Journal.AppendAsync(lease, 0, events);
        await Journal.ReleaseAsync(lease);
    }

    public async Task<List<RunEvent>> EventsAsync()
    {
        var events = new List<RunEvent>();
        await foreach (var entry in Journal.ReadAsync(Id)) events.Add(entry.Event);
        return events;
    }
}
