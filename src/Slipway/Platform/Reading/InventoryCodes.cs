using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>The diagnostic codes of the service inventory.</summary>
internal static class InventoryCodes
{
    public const string DuplicateName = "SLW1205";
    public const string UnknownTier = "SLW1206";
    public const string FloatingImage = "SLW1207";
    public const string RequestAboveLimit = "SLW1208";
    public const string ScalingRange = "SLW1209";
    public const string BudgetChoice = "SLW1210";
    public const string DoesNotFitKind = "SLW1211";
    public const string Schedule = "SLW1212";
    public const string ExcludeEachOther = "SLW1213";
    public const string UnusedTier = "SLW1214";
    public const string ReplicasOutsideScaling = "SLW1215";
    public const string BudgetBlocksDrain = "SLW1216";
    public const string IngressProtocol = "SLW1217";
    public const string UnknownService = "SLW1220";
    public const string UnknownPort = "SLW1221";
    public const string UnknownConfigMap = "SLW1222";
    public const string UnknownConfigKey = "SLW1223";
    public const string UnknownSecret = "SLW1224";
    public const string UnknownSecretKey = "SLW1225";
    public const string UnknownAccount = "SLW1226";

    /// <summary>The codes for what can be wrong with the inventory's shape.</summary>
    public static readonly ReadCodes Shape = new("SLW1201", "SLW1202", "SLW1203", "SLW1204");
}
