namespace Slipway.Coordination.Contexts;

/// <summary>How an agent and its coordination talk.</summary>
public sealed record CoordinationProtocols
{
    /// <summary>All defaults.</summary>
    public static CoordinationProtocols Default { get; } = new();

    /// <summary>How often the agent tells how far it is, 100 ms or more. Default: 5 s.</summary>
    public TimeSpan UpdateInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the agent gives a sign of life, 100 ms or more. Default: 10 s.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where status goes, 1 to 100 characters. Default: <c>state</c>.</summary>
    public string StatusUpdateChannel { get; init; } = "state";

    /// <summary>Where results go, 1 to 100 characters. Default: <c>state</c>.</summary>
    public string ResultDeliveryChannel { get; init; } = "state";

    /// <summary>Where errors go, 1 to 100 characters. Default: <c>state</c>.</summary>
    public string ErrorReportingChannel { get; init; } = "state";

    /// <summary>Where the coordination is reached from outside the process; null when it is not. Default: null.</summary>
    public string? CoordinationEndpoint { get; init; }
}
