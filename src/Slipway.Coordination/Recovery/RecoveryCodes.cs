using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Recovery;

/// <summary>The diagnostic codes of recovery policies.</summary>
internal static class RecoveryCodes
{
    public const string Name = "SLW5560";
    public const string Range = "SLW5561";
    public const string Pattern = "SLW5562";
    public const string Incomplete = "SLW5563";

    public static readonly JsonShapeCodes Shape = new("SLW5564", "SLW5565", "SLW5566", "SLW5567");
}
