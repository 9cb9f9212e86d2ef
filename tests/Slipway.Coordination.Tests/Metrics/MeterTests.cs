using System.Diagnostics.Metrics;
using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Tests.Metrics;

/// <summary>What is recorded is seen by every listener that .NET knows, through one meter.</summary>
public sealed class MeterTests
{
    [Fact]
    public async Task Listener_OfTheMeter_SeesNamesUnitsTagsAndValues()
    {
        // Other tests record into meters of the same name: the metric's name tells ours.
        var seen = new List<(string Kind, double Value, string? Unit, string Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Slipway.Coordination" && instrument.Name.StartsWith("seen_", StringComparison.Ordinal)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            seen.Add((instrument.GetType().Name, value, instrument.Unit, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();
        await using var metrics = new MetricsCollector();

        metrics.Timing("seen_timing", "ms", ("b", "2"), ("a", "1")).Record(1.5);
        metrics.Counter("seen_counter").Increment();
        metrics.Gauge("seen_gauge", "bytes").Record(7);
        metrics.Rate("seen_rate").RecordTagged(2, [("a", "1")]);
        metrics.Counter("seen_counter").Record(-1);

        Assert.Equal(
            [("Histogram`1", 1.5, "ms", "a=1,b=2"), ("Counter`1", 1, "1", ""), ("Gauge`1", 7, "bytes", ""), ("Gauge`1", 2, "1/s", "a=1")],
            seen);
    }
}
