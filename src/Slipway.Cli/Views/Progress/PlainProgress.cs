using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Views.Progress;

/// <summary>
/// Progress where nothing can be redrawn: a line when a group of steps is done and one for whatever goes wrong; with
/// verbose a line a step; after every 30 seconds of silence a line that says what is running.
/// </summary>
internal sealed class PlainProgress : IRunProgress
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    private readonly RunTree _tree = new();
    private readonly Terminal _terminal;
    private readonly bool _everyStep;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();

    public PlainProgress(Terminal terminal, bool everyStep, TimeProvider time)
    {
        (_terminal, _everyStep, _time) = (terminal, everyStep, time);
        _timer = time.CreateTimer(_ => SayRunning(), null, Heartbeat, Heartbeat);
    }

    public void OnEntry(JournalEntry entry)
    {
        lock (_gate)
        {
            if (_tree.Apply(entry) is not var (step, group)) return;
            if (entry.Event is StepRetrying retrying)
            {
                Say(StepState.Cancelled, $"[{step.Step.Id}] attempt {step.Attempt} failed, next in {Durations.Format(retrying.Delay)}: {retrying.Failure.Message}");
            }

            if (!step.IsSettled || entry.Event is LockReleased) return;
            if (_everyStep || StepGroup.HasFailed(step)) Say(step.State, StepText.Line(step, entry.At));

            // What a failure holds up is an echo of it: a group of such steps is not worth a line each.
            var hasRun = group.Steps.Any(other => other.StartedAt is not null);
            if (!_everyStep && hasRun && group.Settled == group.Steps.Count) Say(group.State, StepText.Line(group, entry.At));
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void SayRunning()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var running = _tree.Groups.SelectMany(group => group.Steps)
                .Where(step => step.State == StepState.Running)
                .Select(step => $"{step.Step.Id} ({Durations.Format(now - (step.StartedAt ?? now))})");
            Say(StepState.Pending, $"running: {string.Join(", ", running)}");
        }
    }

    private void Say(StepState state, string line)
    {
        _timer.Change(Heartbeat, Heartbeat);
        _terminal.Line(StepText.Paint(_terminal, state, line));
    }
}
