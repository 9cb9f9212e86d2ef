namespace Slipway.Performance.Probes;

/// <summary>Measures a group of targets.</summary>
internal interface IProbe
{
    /// <summary>The group's name on the command line.</summary>
    string Group { get; }

    /// <summary>The targets, whether they are measured this time or not.</summary>
    IReadOnlyList<BenchTarget> Targets { get; }

    /// <summary>Measures those that are wanted.</summary>
    Task MeasureAsync(ProbeRun run);
}
