using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Contexts;

/// <summary>The diagnostic codes of contexts.</summary>
internal static class ContextCodes
{
    public const string Name = "SLW5500";
    public const string Range = "SLW5501";
    public const string TooLarge = "SLW5502";
    public const string TooMany = "SLW5503";
    public const string Exists = "SLW5504";
    public const string OtherSession = "SLW5505";
    public const string UnknownAgent = "SLW5506";
    public const string UnknownCoordination = "SLW5507";
    public const string WrongData = "SLW5508";

    public static readonly JsonShapeCodes Shape = new("SLW5509", "SLW5510", "SLW5511", "SLW5512");
}
