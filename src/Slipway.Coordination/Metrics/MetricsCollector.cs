using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Metrics.Alerts;
using Slipway.Coordination.Metrics.Buffering;
using Slipway.Coordination.Metrics.Delivery;

namespace Slipway.Coordination.Metrics;

/// <summary>
/// Records numbers, sums them up, shows them to listeners of the meter <see cref="CoordinationMetricNames.Meter"/>, holds alert rules
/// against them and brings them to sinks in batches. Recording is possible from the beginning and by any number of threads; it takes a
/// short lock and never waits for a sink. One collector lives once: what is recorded after it was stopped is counted as dropped.
/// </summary>
public sealed class MetricsCollector : IAsyncDisposable
{
    private readonly MetricsOptions _options;
    private readonly Meter _meter;
    private readonly SinkPump[] _pumps;
    private readonly AlertRuleEngine? _alerts;
    private readonly AlertDispatcher? _dispatcher;
    private readonly string _idPrefix;
    private CoordinationInstruments? _instruments;
    private readonly Wakeup _wakeup = new();
    private readonly Lock _seriesGate = new();
    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    // Recording and taking out share one lock; it is held for some nanoseconds.
    private readonly Lock _gate = new();
    private readonly MetricRing _ring;
    private readonly long[] _dropped = new long[3];
    private long _taken;
    private bool _isStopped;

    private readonly Lock _drainGate = new();
    private long _reportedDrops;

    private readonly Lock _lifeGate = new();
    private ITimer? _timer;
    private Task _work = Task.CompletedTask;
    private Task<MetricsStopReport>? _stopping;
    private volatile int _isWakeupUnderWay;
    private int _isIntervalOver;

    /// <summary>A collector.</summary>
    /// <param name="sinks">Where metrics go; the caller disposes of them after the collector. Default: nowhere.</param>
    /// <param name="alerts">What holds rules against metrics and tells notifiers, or null.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public MetricsCollector(IReadOnlyList<IMetricSink>? sinks = null, AlertRuleEngine? alerts = null, MetricsOptions? options = null)
    {
        _options = options ?? new MetricsOptions();
        MetricsOptions.Validate(_options);
        _ring = new MetricRing(_options.BufferSize, _options.BatchSize);
        _pumps = [.. (sinks ?? []).Select(sink => new SinkPump(sink, _options))];
        _alerts = alerts;
        _dispatcher = alerts is null ? null : new AlertDispatcher(alerts, _options);
        _idPrefix = string.Create(CultureInfo.InvariantCulture, $"{_options.Source}-{_options.Time.GetUtcNow().UtcTicks:x}");
        var meter = new MeterOptions(CoordinationMetricNames.Meter) { Version = typeof(MetricsCollector).Assembly.GetName().Version?.ToString(3) };
        _meter = _options.MeterFactory?.Create(meter) ?? new Meter(meter);
    }

    internal TimeProvider Time => _options.Time;

    /// <summary>What the parts of the library record here; registered when the first of them is made.</summary>
    internal CoordinationInstruments Instruments => LazyInitializer.EnsureInitialized(ref _instruments, () => new CoordinationInstruments(this));

    /// <summary>A metric of how long something takes.</summary>
    /// <param name="name">The name, 1 to 100 characters.</param>
    /// <param name="unit">The unit, 1 to 20 characters.</param>
    /// <param name="tags">What is always said with it.</param>
    /// <exception cref="ArgumentException">The name or unit is too long or empty, or the name is registered with another type or unit.</exception>
    /// <exception cref="InvalidOperationException">There are <see cref="MetricsOptions.MaxNames"/> names already: put what varies into tags.</exception>
    public MetricHandle Timing(string name, string unit = "ms", params ReadOnlySpan<(string Name, string Value)> tags) =>
        Register(MetricType.Timing, name, unit, tags);

    /// <summary>A metric of how many more there are. Failures as for <see cref="Timing"/>.</summary>
    /// <param name="name">The name, 1 to 100 characters.</param>
    /// <param name="unit">The unit, 1 to 20 characters.</param>
    /// <param name="tags">What is always said with it.</param>
    public MetricHandle Counter(string name, string unit = "1", params ReadOnlySpan<(string Name, string Value)> tags) =>
        Register(MetricType.Counter, name, unit, tags);

    /// <summary>A metric of how much there is. Failures as for <see cref="Timing"/>.</summary>
    /// <param name="name">The name, 1 to 100 characters.</param>
    /// <param name="unit">The unit, 1 to 20 characters.</param>
    /// <param name="tags">What is always said with it.</param>
    public MetricHandle Gauge(string name, string unit = "1", params ReadOnlySpan<(string Name, string Value)> tags) =>
        Register(MetricType.Gauge, name, unit, tags);

    /// <summary>A metric of how much there is for each unit of time. Failures as for <see cref="Timing"/>.</summary>
    /// <param name="name">The name, 1 to 100 characters.</param>
    /// <param name="unit">The unit, 1 to 20 characters.</param>
    /// <param name="tags">What is always said with it.</param>
    public MetricHandle Rate(string name, string unit = "1/s", params ReadOnlySpan<(string Name, string Value)> tags) =>
        Register(MetricType.Rate, name, unit, tags);

    /// <summary>Begins to bring to the sinks what is recorded and was recorded before. Further calls do nothing.</summary>
    public void Start()
    {
        lock (_lifeGate)
        {
            if (_timer is not null || _stopping is not null) return;
            foreach (var pump in _pumps) pump.Start();
            _dispatcher?.Start();
            _work = Task.Run(RunAsync);
            _timer = _options.Time.CreateTimer(
                static collector => ((MetricsCollector)collector!).OnInterval(), this, _options.FlushInterval, _options.FlushInterval);
        }

        // What was recorded before may be a batch already.
        _wakeup.Set();
    }

    /// <summary>Brings all that was recorded before to all sinks, and waits until each has taken or refused it. Does nothing before the start.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        lock (_lifeGate)
        {
            if (_timer is null) return;
        }

        Drain(whole: true);
        await Task.WhenAll(_pumps.Select(pump => pump.FlushAsync())).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Takes no more, brings all that was recorded to all sinks and alerts to their notifiers, within
    /// <see cref="MetricsOptions.StopTimeout"/>, and says what was lost. Further calls get the same report.
    /// </summary>
    /// <param name="cancellationToken">Ends the time for that at once.</param>
    public Task<MetricsStopReport> StopAsync(CancellationToken cancellationToken = default)
    {
        lock (_lifeGate) return _stopping ??= StopOnceAsync(cancellationToken);
    }

    /// <summary>What the collector knows now.</summary>
    public MetricsSnapshot GetSnapshot()
    {
        MetricSeries[] series;
        lock (_seriesGate) series = [.. _series.Values];
        var summaries = new SortedDictionary<string, MetricSummary>(StringComparer.Ordinal);
        foreach (var one in series)
        {
            lock (_gate) summaries[one.Name] = one.Summarize();
        }

        SinkReport[] sinks = [.. _pumps.Select(pump => pump.Report())];
        lock (_gate)
        {
            var dropped = Enum.GetValues<MetricDropReason>().Where(reason => _dropped[(int)reason] > 0).ToDictionary(reason => reason, reason => _dropped[(int)reason]);
            return new MetricsSnapshot
            {
                BufferSize = _ring.Count,
                BufferCapacity = _ring.Capacity,
                MetricsSinceFlush = _ring.Added - _taken,
                Recorded = _ring.Added + _dropped[(int)MetricDropReason.InvalidValue] + _dropped[(int)MetricDropReason.Stopped],
                DroppedByReason = dropped,
                AlertsTriggered = _alerts?.Triggered ?? 0,
                AlertsSuppressed = _alerts?.Suppressed ?? 0,
                Sinks = sinks,
                Metrics = summaries,
            };
        }
    }

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    internal void Record(MetricSeries series, TagSet tags, double value, string? correlationId, string? agentId)
    {
        if (!series.Accepts(value))
        {
            lock (_gate) _dropped[(int)MetricDropReason.InvalidValue]++;
            return;
        }

        series.Publish(value, tags);
        var entry = new MetricEntry(series, tags, value, _options.Time.GetUtcNow().UtcTicks, correlationId, agentId);
        int waiting;
        lock (_gate)
        {
            if (_isStopped)
            {
                _dropped[(int)MetricDropReason.Stopped]++;
                return;
            }

            series.Add(value);
            if (!_ring.Add(entry)) _dropped[(int)MetricDropReason.BufferFull]++;
            waiting = _ring.Count;
        }

        if (waiting >= _options.BatchSize && _isWakeupUnderWay == 0 && Interlocked.Exchange(ref _isWakeupUnderWay, 1) == 0) _wakeup.Set();
    }

    private MetricHandle Register(MetricType type, string name, string unit, ReadOnlySpan<(string Name, string Value)> tags)
    {
        RequireLength(name, 100);
        RequireLength(unit, 20);
        var tagSet = TagSet.Of(tags);
        lock (_seriesGate)
        {
            if (!_series.TryGetValue(name, out var series))
            {
                if (_series.Count >= _options.MaxNames)
                    throw new InvalidOperationException($"There are {_options.MaxNames} names of metrics already; put what varies into tags, or raise MaxNames.");
                series = new MetricSeries(_meter, type, name, unit);
                _series[name] = series;
            }

            if (series.Type != type || series.Unit != unit)
                throw new ArgumentException($"The metric '{name}' is a {series.Type} in '{series.Unit}' already.", nameof(name));
            return new MetricHandle(this, series, tagSet);
        }
    }

    private static void RequireLength(string text, int most, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(text))] string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, parameter);
        if (text.Length > most) throw new ArgumentException($"It must have 1 to {most} characters.", parameter);
    }

    private void OnInterval()
    {
        Volatile.Write(ref _isIntervalOver, 1);
        _wakeup.Set();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await _wakeup.WaitAsync();
            lock (_gate)
            {
                if (_isStopped) return;
            }

            _isWakeupUnderWay = 0;
            Drain(whole: Interlocked.Exchange(ref _isIntervalOver, 0) == 1);
        }
    }

    /// <summary>Empties the buffer into the sinks' queues, batch by batch: all that is in it now, or as long as it holds full batches.</summary>
    private void Drain(bool whole)
    {
        lock (_drainGate)
        {
            long newest;
            bool isLast;
            lock (_gate) (newest, isLast) = (_ring.Added, _isStopped);
            while (Take(whole ? newest : null) is { Count: > 0 } batch)
            {
                _dispatcher?.Watch(batch);
                foreach (var pump in _pumps) pump.Enqueue(batch, isLast);
            }

            ReportDrops();
        }
    }

    /// <summary>Takes a batch: up to the number that is wanted, or a full one.</summary>
    private List<Metric> Take(long? upTo)
    {
        MetricChunk taken;
        long number;
        lock (_gate)
        {
            if (upTo is { } newest ? _ring.Added - _ring.Count >= newest : _ring.Count < _options.BatchSize) return [];
            taken = _ring.Take(out number);
            _taken = _ring.Added;
        }

        var metrics = new List<Metric>(taken.Count);
        foreach (var entry in taken.Entries) metrics.Add(entry.ToMetric(_idPrefix, number++));
        taken.Clear();
        lock (_gate) _ring.Return(taken);
        return metrics;
    }

    private void ReportDrops()
    {
        long dropped;
        lock (_gate) dropped = _dropped.Sum();
        if (dropped == _reportedDrops) return;
        _options.Logger.LogWarning(
            "{Dropped} metrics were dropped: {Full} in all because the buffer was full, {Invalid} because they were no usable number, {Stopped} because the collector had stopped",
            dropped - _reportedDrops,
            _dropped[(int)MetricDropReason.BufferFull],
            _dropped[(int)MetricDropReason.InvalidValue],
            _dropped[(int)MetricDropReason.Stopped]);
        _reportedDrops = dropped;
    }

    private async Task<MetricsStopReport> StopOnceAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        // What was never started has yet to deliver what was recorded.
        if (_timer is null)
        {
            foreach (var pump in _pumps) pump.Start();
            _dispatcher?.Start();
        }
        else
        {
            await _timer.DisposeAsync();
        }

        lock (_gate) _isStopped = true;
        _wakeup.Set();
        await _work;
        Drain(whole: true);
        using var timeout = new CancellationTokenSource(_options.StopTimeout, _options.Time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await Task.WhenAll(_pumps.Select(pump => pump.StopAsync(giveUp.Token)));
        var lostAlerts = _dispatcher is null ? 0 : await _dispatcher.StopAsync(giveUp.Token);
        foreach (var pump in _pumps) pump.Dispose();
        _dispatcher?.Dispose();
        if (_options.MeterFactory is null) _meter.Dispose();
        var snapshot = GetSnapshot();
        return new MetricsStopReport(snapshot, MetricsProblems.Of(snapshot, lostAlerts));
    }
}
