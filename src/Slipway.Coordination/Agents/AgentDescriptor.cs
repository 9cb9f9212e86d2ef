namespace Slipway.Coordination.Agents;

/// <summary>What is known of an agent before it has done anything.</summary>
public sealed record AgentDescriptor
{
    private const int LongestName = 100;

    /// <summary>The unique name that steps call it by, 1 to 100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What it can do, in the words that needs are told in; case counts. Default: nothing.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>How much it is preferred among those who can do the same, 0 to 100. Default: 50.</summary>
    public int Priority { get; init; } = 50;

    /// <summary>How many steps it does at once, 1 to 10,000; null for no limit. Default: null.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>The longest it may stay silent before it counts as inactive, 100 ms to a day; null for an agent that cannot be lost. Default: null.</summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>Its version, for people. Default: null.</summary>
    public string? Version { get; init; }

    /// <summary>Whatever else there is to know, for people. Default: nothing.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    internal static void Validate(AgentDescriptor descriptor)
    {
        if (descriptor.Name is not { Length: >= 1 and <= LongestName })
            throw new ArgumentException($"The name of an agent must have 1 to {LongestName} characters.", nameof(descriptor));
        if (descriptor.Capabilities.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException($"A capability of the agent '{descriptor.Name}' is empty.", nameof(descriptor));

        var problem = descriptor.Priority is < 0 or > 100 ? "Priority must be 0 to 100"
            : descriptor.MaxConcurrency is < 1 or > 10_000 ? "MaxConcurrency must be 1 to 10,000, or null"
            : descriptor.HeartbeatInterval is { } interval && (interval < TimeSpan.FromMilliseconds(100) || interval > TimeSpan.FromDays(1)) ? "HeartbeatInterval must be 100 ms to a day, or null"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(descriptor), $"{problem} (agent '{descriptor.Name}').");
    }
}
