namespace Slipway.Storage.Stores;

/// <summary>What rings when somebody wants something of a run that another holds, and when that is forgotten.</summary>
internal static class RequestTopic
{
    public const string Name = "stop requests";
}
