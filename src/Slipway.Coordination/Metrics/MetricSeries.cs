using System.Diagnostics.Metrics;
using Slipway.Coordination.Metrics.Buffering;

namespace Slipway.Coordination.Metrics;

/// <summary>All metrics of one name: their instrument for listeners and their summary.</summary>
internal sealed class MetricSeries
{
    private readonly ValueHistogram _values = new();
    private readonly Counter<double>? _counter;
    private readonly Gauge<double>? _gauge;
    private readonly Histogram<double>? _histogram;
    private double _sum;
    private double _last;

    public MetricSeries(Meter meter, MetricType type, string name, string unit)
    {
        Name = name;
        Type = type;
        Unit = unit;
        if (type is MetricType.Timing) _histogram = meter.CreateHistogram<double>(name, unit);
        else if (type is MetricType.Counter) _counter = meter.CreateCounter<double>(name, unit);
        else _gauge = meter.CreateGauge<double>(name, unit);
    }

    public string Name { get; }

    public MetricType Type { get; }

    public string Unit { get; }

    public bool Accepts(double value) => double.IsFinite(value) && (value >= 0 || Type is MetricType.Gauge or MetricType.Rate);

    /// <summary>Tells the listeners of the meter, if there are any.</summary>
    public void Publish(double value, TagSet tags)
    {
        if (_histogram is not null)
        {
            if (_histogram.Enabled) _histogram.Record(value, tags.List);
        }
        else if (_counter is not null)
        {
            if (_counter.Enabled) _counter.Add(value, tags.List);
        }
        else if (_gauge!.Enabled)
        {
            _gauge.Record(value, tags.List);
        }
    }

    /// <summary>Adds to the summary. Called under the collector's lock, as <see cref="Summarize"/>.</summary>
    public void Add(double value)
    {
        _values.Add(value);
        _sum = Math.Clamp(_sum + value, double.MinValue, double.MaxValue);
        _last = value;
    }

    public MetricSummary Summarize() => new()
    {
        Name = Name,
        Type = Type,
        Unit = Unit,
        Count = _values.Count,
        Sum = _sum,
        Min = _values.Min,
        Max = _values.Max,
        Last = _last,
        P50 = _values.Quantile(0.5),
        P99 = _values.Quantile(0.99),
    };
}
