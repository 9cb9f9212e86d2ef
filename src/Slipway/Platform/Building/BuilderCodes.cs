namespace Slipway.Platform.Building;

/// <summary>The diagnostic codes of bringing inventory, facts and configuration together.</summary>
internal static class BuilderCodes
{
    public const string UnknownFact = "SLW1230";
    public const string AbsentFact = "SLW1231";
    public const string SensitiveFact = "SLW1232";
    public const string MissingRepository = "SLW1233";
    public const string MissingRole = "SLW1234";
    public const string UnusedRepository = "SLW1235";
    public const string SecretWithoutSource = "SLW1236";
    public const string OverriddenService = "SLW1237";
    public const string OverriddenEntry = "SLW1238";
    public const string PrefixedName = "SLW1239";
    public const string NamespaceName = "SLW1240";
    public const string SharedNames = "SLW1241";
}
