using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Tests.Metrics;

/// <summary>A sink that keeps what it gets and does before it what a test says.</summary>
internal sealed class ScriptedSink(Func<int, CancellationToken, ValueTask>? beforeWrite = null) : IMetricSink
{
    private readonly Lock _gate = new();
    private readonly List<IReadOnlyList<Metric>> _batches = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private int _calls;

    public string Name => "scripted";

    public int Flushes { get; private set; }

    public IReadOnlyList<IReadOnlyList<Metric>> Batches
    {
        get
        {
            lock (_gate) return [.. _batches];
        }
    }

    public IReadOnlyList<Metric> Metrics => [.. Batches.SelectMany(batch => batch)];

    /// <summary>Completes when so many metrics have come.</summary>
    public Task WaitForAsync(int count)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            Tell();
            return reached.Task;
        }
    }

    public async ValueTask WriteAsync(IReadOnlyList<Metric> batch, CancellationToken cancellationToken)
    {
        var call = Interlocked.Increment(ref _calls);
        if (beforeWrite is not null) await beforeWrite(call, cancellationToken);
        lock (_gate)
        {
            _batches.Add(batch);
            Tell();
        }
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Flushes++;
        return ValueTask.CompletedTask;
    }

    private void Tell()
    {
        var count = _batches.Sum(batch => batch.Count);
        foreach (var waiting in _waiting.Where(waiting => waiting.Count <= count)) waiting.Reached.TrySetResult();
    }
}
