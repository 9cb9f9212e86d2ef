using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Signals;

namespace Slipway.Coordination.Dependencies.Resolving;

/// <summary>Says what is wrong with dependencies by themselves, all at once.</summary>
internal static class DependencyCheck
{
    private const int LongestId = 200;
    private const int LongestTarget = 100;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    public static bool IsName(string? name, int longest = LongestTarget) => name is { Length: > 0 } && name.Length <= longest && !name.Any(char.IsControl);

    public static bool IsTimeout(TimeSpan timeout) => timeout > TimeSpan.Zero && timeout <= LongestTimeout;

    public static void Find(IReadOnlyList<Dependency> dependencies, List<Diagnostic> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < dependencies.Count; i++)
        {
            var path = $"dependencies[{i}]";
            if (!seen.Add(dependencies[i].Id)) problems.Add(DependencyProblems.Duplicate($"{path}.id", dependencies[i].Id));
            Find(dependencies[i], path, problems);
        }
    }

    private static void Find(Dependency dependency, string path, List<Diagnostic> problems)
    {
        Check(IsName(dependency.Id, LongestId), "id", $"must be 1 to {LongestId} characters without control characters");
        Check(IsName(dependency.Target), "target", $"must be 1 to {LongestTarget} characters without control characters");
        Check(IsTimeout(dependency.Timeout), "timeout", "must be more than 0 and at most 24 days");
        Check(dependency.MaxRetries is >= 0 and <= 100, "max_retries", "must be 0 to 100");
        switch (dependency.Metadata)
        {
            case AgentCompletionMetadata agent:
                Check(new SignalType(agent.CompletionEvent).IsWellFormed, "metadata.completion_event", "must be the name of a signal type");
                break;
            case ResourceMetadata resource:
                Check(new DependencyKind(resource.ResourceType).IsWellFormed, "metadata.resource_type", "must be 1 to 100 of a-z, 0-9, _, . and -");
                Check(resource.CheckInterval >= TimeSpan.FromMilliseconds(1) && resource.CheckInterval <= LongestInterval, "metadata.check_interval_ms", "must be 1 ms to a day");
                Check(resource.AvailabilityThreshold is >= 0 and <= 1, "metadata.availability_threshold", "must be 0 to 1");
                break;
            case QualityGateMetadata { Threshold: { } threshold }:
                Check(QualityGate.IsInRange(GateDirection.AtMost, threshold), "metadata.threshold", "must be 0 or more");
                break;
        }

        void Check(bool isRight, string field, string what)
        {
            if (!isRight) problems.Add(DependencyProblems.Value($"{path}.{field}", $"'{path}.{field}' of dependency '{dependency.Id}' {what}", "Give a value within the range."));
        }
    }
}
