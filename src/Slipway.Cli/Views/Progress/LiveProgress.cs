using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Spectre.Console;

namespace Slipway.Cli.Views.Progress;

/// <summary>A tree of steps redrawn in place, ten times a second.</summary>
internal sealed class LiveProgress : IRunProgress
{
    private const int MostStepsShown = 12;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly RunTree _tree = new();
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;

    public LiveProgress(Terminal terminal, TimeProvider time)
    {
        _time = time;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = terminal.HasColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Writer),
        });
        _drawing = console.Live(Draw()).AutoClear(false).StartAsync(DrawUntilEndedAsync);
    }

    public void OnEntry(JournalEntry entry)
    {
        lock (_gate) _tree.Apply(entry);
    }

    public async ValueTask DisposeAsync()
    {
        _ended.TrySetResult();
        await _drawing;
    }

    private static Style StyleOf(StepState state) => new(state switch
    {
        StepState.Succeeded => Color.Green,
        StepState.Failed or StepState.TimedOut => Color.Red,
        StepState.Blocked or StepState.Cancelled => Color.Yellow,
        StepState.Running => Color.Aqua,
        _ => Color.Grey,
    });

    private async Task DrawUntilEndedAsync(LiveDisplayContext context)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (!_ended.Task.IsCompleted)
        {
            await Task.WhenAny(timer.WaitForNextTickAsync().AsTask(), _ended.Task);
            context.UpdateTarget(Draw());
        }
    }

    private Tree Draw()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var tree = new Tree(new Text(_tree.Run?.Plan.Name ?? "", new Style(decoration: Decoration.Bold)));
            foreach (var group in _tree.Groups)
            {
                var node = tree.AddNode(new Text(StepText.Line(group, now), StyleOf(group.State)));
                var shown = group.Steps.Where(step => step.State == StepState.Running || StepGroup.IsTrouble(step)).ToList();
                foreach (var step in shown.Take(MostStepsShown)) node.AddNode(new Text(StepText.Line(step, now), StyleOf(step.State)));
                if (shown.Count > MostStepsShown) node.AddNode(new Text($"and {shown.Count - MostStepsShown} more"));
            }

            return tree;
        }
    }
}
