namespace Slipway.Platform;

/// <summary>What a workload does with the object storage.</summary>
/// <param name="Write">True to read and write, false to read only.</param>
/// <param name="Source">Where it was declared.</param>
public sealed record ObjectStorageNeed(bool Write, Provenance Source);
