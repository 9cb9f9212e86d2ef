namespace Slipway.Kubernetes.Generation.Plans;

/// <summary>The codes of what can be wrong with a generation plan.</summary>
internal static class PlanCodes
{
    public const string Structure = "SLW1310";
    public const string UnknownItem = "SLW1311";
    public const string RepeatedItem = "SLW1312";
    public const string TooEarly = "SLW1313";
    public const string Dropped = "SLW1314";
    public const string UnknownLevel = "SLW1315";
    public const string UnknownWord = "SLW1316";
    public const string InventoryDiffers = "SLW1317";
}
