namespace Slipway.Coordination.Stages;

/// <summary>What one stage of a run took.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Steps">How many steps it has.</param>
/// <param name="Succeeded">How many of them succeeded or had nothing to do.</param>
/// <param name="Elapsed">From the start of the first to the end of the last of them that ended; 0 when none did.</param>
/// <param name="Work">The sum of what its ended steps took, each by its newest attempt.</param>
public sealed record StageTiming(string Name, int Steps, int Succeeded, TimeSpan Elapsed, TimeSpan Work)
{
    /// <summary>Work / elapsed: how many times faster than one step after the other. 1 where nothing was measured.</summary>
    public double SpeedUp => StagedRunSummary.Ratio(Work, Elapsed);
}
