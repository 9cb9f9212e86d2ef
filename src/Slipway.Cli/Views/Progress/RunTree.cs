using Slipway.Coordination.Journal;

namespace Slipway.Cli.Views.Progress;

/// <summary>What is shown of a run while it goes on: the engine's own fold of its events, in groups of steps.</summary>
internal sealed class RunTree
{
    private Dictionary<string, StepGroup> _groupsByName = new(StringComparer.Ordinal);

    /// <summary>The run so far; null before its first event.</summary>
    public RunProjection? Run { get; private set; }

    /// <summary>The groups in the plan's order.</summary>
    public IReadOnlyList<StepGroup> Groups { get; private set; } = [];

    /// <summary>Takes an event in.</summary>
    /// <returns>The step it concerns and its group, or null for an event of the run itself.</returns>
    public (StepRecord Step, StepGroup Group)? Apply(JournalEntry entry)
    {
        if (Run is null)
        {
            if (entry.Event is not RunStarted started) return null;
            Run = new RunProjection(started, entry.At);
            Groups = StepGroup.Of(Run);
            _groupsByName = Groups.ToDictionary(group => group.Name, StringComparer.Ordinal);
            return null;
        }

        Run.Apply(entry);
        return entry.Event is StepEvent happened ? (Run[happened.StepId], _groupsByName[StepGroup.NameOf(happened.StepId)]) : null;
    }
}
