using Slipway.Cli.Hosting;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs</c>: what was run, and going on with it.</summary>
internal sealed class RunsVerb : Verb
{
    public RunsVerb(Surroundings surroundings)
        : base("runs", "List, show, replay, compare, pause, resume, cancel, roll back and prune runs", surroundings, "runs list", "runs resume up-20261121-101500")
    {
        Add(new RunsListVerb(surroundings));
        Add(new RunsShowVerb(surroundings));
        Add(new RunsBoardVerb(surroundings));
        Add(new RunsReplayVerb(surroundings));
        Add(new RunsDiffVerb(surroundings));
        Add(new RunsPauseVerb(surroundings));
        Add(new RunsResumeVerb(surroundings));
        Add(new RunsCancelVerb(surroundings));
        Add(new RunsRollbackVerb(surroundings));
        Add(new RunsPruneVerb(surroundings));
    }
}
