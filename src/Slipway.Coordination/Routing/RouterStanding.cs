namespace Slipway.Coordination.Routing;

/// <summary>What became of one router's answer.</summary>
public enum RouterStanding
{
    /// <summary>It decided.</summary>
    Won,

    /// <summary>Another proposal went before it.</summary>
    Lost,

    /// <summary>It had nothing to say.</summary>
    Abstained,

    /// <summary>It proposed a retry, but the state shows no error.</summary>
    Refused,

    /// <summary>It threw or gave no answer, and was skipped.</summary>
    Failed,
}
