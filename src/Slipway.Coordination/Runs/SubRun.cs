using System.Security.Cryptography;
using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>A run below a step of another.</summary>
/// <param name="RunId">Its id, the same whenever the same step asks for it.</param>
/// <param name="Plan">What to do, should it not have begun yet.</param>
/// <param name="Parent">The step.</param>
/// <param name="Priority">The priority of the step's run.</param>
/// <param name="Place">Where it stands below other runs.</param>
internal sealed record SubRun(string RunId, Plan Plan, ParentStep Parent, int Priority, RunPlace Place)
{
    private const int LongestRunId = 200;

    /// <summary><c>run/step/name</c>, cut and told apart by a hash where that is too long for an id.</summary>
    public static string IdOf(string runId, string stepId, string name)
    {
        var id = $"{runId}/{stepId}/{name}";
        if (id.Length <= LongestRunId) return id;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..32];
        return $"{new string([.. id.Where(char.IsAscii).Take(LongestRunId - 33)])}~{hash}";
    }

    /// <summary>
    /// What is wrong with running it there; null when nothing is. A step that holds locks waits for its sub-runs, so these may wait only for
    /// what it holds: otherwise two steps could wait for each other for ever.
    /// </summary>
    public Diagnostic? FindProblem()
    {
        if (Place.Depth > RunPlace.DeepestNesting) return RunProblems.NestedTooDeep(Parent.StepId, RunPlace.DeepestNesting);
        if (Place.Resources.Count == 0) return null;
        foreach (var step in Plan.Steps)
        {
            if (step.Modifies.FirstOrDefault(resource => !Place.Resources.Contains(resource)) is { } foreign) return RunProblems.NotHeldAbove(Parent.StepId, step.Id, foreign);
        }

        return null;
    }
}
