using Slipway.Documents.Reading;

namespace Slipway.Configuration;

/// <summary>The diagnostic codes of <c>slipway.yaml</c>.</summary>
internal static class ConfigurationCodes
{
    public const string SourceChoice = "SLW1015";

    /// <summary>The codes for what can be wrong with the configuration's shape.</summary>
    public static readonly ReadCodes Shape = new("SLW1011", "SLW1012", "SLW1013", "SLW1014");
}
