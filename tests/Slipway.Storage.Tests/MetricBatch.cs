using Slipway.Coordination.Metrics;

namespace Slipway.Storage.Tests;

/// <summary>Metrics to store.</summary>
internal static class MetricBatch
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public static Metric Of(int number, DateTimeOffset? at = null) => new()
    {
        MetricId = $"test-{number}",
        Name = "lookup_ms",
        Type = MetricType.Timing,
        Value = number + 0.5,
        Unit = "ms",
        Timestamp = at ?? Noon,
    };

    public static IReadOnlyList<Metric> Of(int first, int count) => [.. Enumerable.Range(first, count).Select(number => Of(number))];

    public static Metric Full { get; } = Of(1) with
    {
        Tags = new Dictionary<string, string> { ["store"] = "über \"alles\"", ["sign\0"] = "\0\ud800" },
        CorrelationId = "run\0-1",
        AgentId = "agent-1",
    };
}
