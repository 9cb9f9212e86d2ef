using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Routing;

/// <summary>The diagnostic codes of routing rules.</summary>
internal static class RoutingCodes
{
    public const string Id = "SLW5401";
    public const string Key = "SLW5402";
    public const string Comparison = "SLW5403";
    public const string Range = "SLW5404";
    public const string Evidence = "SLW5405";

    public static readonly JsonShapeCodes Shape = new("SLW5406", "SLW5407", "SLW5408", "SLW5409");
}
