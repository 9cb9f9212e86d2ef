using Slipway.Platform;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>What looking for a fact gave: a reading with its source, a failure that was reported, or nothing.</summary>
internal sealed record FactFinding(ShapeReading? Reading, Provenance? Source, bool Failed, OutputCandidates? Candidates)
{
    public static FactFinding Failure { get; } = new(null, null, true, null);

    public static FactFinding Of(ShapeReading reading, Provenance source) => new(reading, source, false, null);

    public static FactFinding None(OutputCandidates? candidates) => new(null, null, false, candidates);
}
