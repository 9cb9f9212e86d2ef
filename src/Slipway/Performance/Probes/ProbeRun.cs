namespace Slipway.Performance.Probes;

/// <summary>One measuring of a group: the clock, how much to measure, and where figures go.</summary>
internal sealed class ProbeRun(TimeProvider time, bool isQuick, string group, IReadOnlyList<BenchTarget> wanted, CancellationToken cancellationToken)
{
    // What one measurement may take, so that all together end in time on a slow machine too.
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan QuickBudget = TimeSpan.FromMilliseconds(60);

    // What does not wait is called so long before it counts: by then the runtime has compiled it a second time.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, BenchResult> _results = new(StringComparer.Ordinal);

    public TimeProvider Time => time;

    /// <summary>True when little is to be measured of each.</summary>
    public bool IsQuick => isQuick;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The present on the monotonic clock.</summary>
    public long Now => time.GetTimestamp();

    public double SecondsSince(long timestamp) => time.GetElapsedTime(timestamp).TotalSeconds;

    /// <summary>A count for this measuring: a tenth of the usual one when it is to be quick.</summary>
    public int Scale(int usual) => isQuick ? Math.Max(1, usual / 10) : usual;

    /// <summary>True when any of the targets is to be measured.</summary>
    public bool Wants(params ReadOnlySpan<string> targets)
    {
        foreach (var name in targets)
        {
            if (Find(name) is not null) return true;
        }

        return false;
    }

    /// <summary>Keeps durations for a target that is wanted.</summary>
    public void Times(string target, IReadOnlyList<double> seconds, string? note = null)
    {
        if (Find(target) is not { } found) return;
        var factor = found.Unit switch
        {
            "s" => 1,
            "ms" => 1e3,
            "µs" => 1e6,
            "ns" => 1e9,
            _ => throw new ArgumentException($"'{found.Unit}' is no unit of time.", nameof(target)),
        };
        Values(target, [.. seconds.Select(value => value * factor)], note);
    }

    /// <summary>Keeps figures, in the target's unit, for a target that is wanted.</summary>
    public void Values(string target, IReadOnlyList<double> figures, string? note = null)
    {
        if (Find(target) is not { } found) return;
        var sorted = figures.Order().ToArray();
        var (p50, p99) = (Percentile(sorted, 0.50), Percentile(sorted, 0.99));
        var figure = found.Statistic switch
        {
            Statistic.P50 => p50,
            Statistic.Mean => sorted.Average(),
            Statistic.Max => sorted[^1],
            _ => p99,
        };
        _results[target] = new BenchResult(found, group, found.IsReachedBy(figure) ? Verdict.Pass : Verdict.Miss)
        {
            P50 = p50,
            P99 = p99,
            Figure = figure,
            Count = sorted.Length,
            Note = note,
        };
    }

    /// <summary>Says why none of the targets can be measured here.</summary>
    public void CannotMeasure(string reason)
    {
        foreach (var target in wanted) _results[target.Name] = new BenchResult(target, group, Verdict.NotMeasured) { Note = reason };
    }

    /// <summary>Says that what was not measured by now did not work.</summary>
    public void Fail(string message)
    {
        foreach (var target in wanted) _results.TryAdd(target.Name, new BenchResult(target, group, Verdict.Miss) { Note = $"it failed: {message}" });
    }

    /// <summary>What was measured, in the order of the targets.</summary>
    public IEnumerable<BenchResult> Results() => wanted.Select(target => _results[target.Name]);

    /// <summary>The duration of each of several calls, in seconds, after some that do not count; fewer where the time for it is over.</summary>
    public Task<double[]> EachAsync(int count, Func<int, Task> work) => SampleAsync(count, async call =>
    {
        var begun = Now;
        await work(call);
        return SecondsSince(begun);
    });

    /// <inheritdoc cref="EachAsync"/>
    public double[] Each(int count, Action<int> work) => Sample(count, call =>
    {
        var begun = Now;
        work(call);
        return SecondsSince(begun);
    });

    /// <summary>The mean duration of a call in each of several batches, in seconds: for calls that are shorter than the clock can tell.</summary>
    public double[] Batches(int batches, int size, Action work)
    {
        var seconds = Each(batches, _ =>
        {
            for (var call = 0; call < size; call++) work();
        });
        for (var batch = 0; batch < seconds.Length; batch++) seconds[batch] /= size;
        return seconds;
    }

    /// <summary>What several calls measured themselves, after some that do not count; fewer where the time for it is over.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="measure">Given the number of the call, negative for one that does not count.</param>
    public async Task<double[]> SampleAsync(int count, Func<int, Task<double>> measure)
    {
        var begun = Now;
        for (var call = -1; call >= -WarmUps(count) && !IsOver(begun); call--) await measure(call);
        var figures = new List<double>(count);
        begun = Now;
        while (figures.Count < count && (figures.Count < (isQuick ? 1 : 3) || !IsOver(begun)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            figures.Add(await measure(figures.Count));
        }

        return [.. figures];
    }

    /// <inheritdoc cref="SampleAsync"/>
    public double[] Sample(int count, Func<int, double> measure)
    {
        var begun = Now;
        for (var call = -1; isQuick ? call >= -WarmUps(count) && !IsOver(begun) : time.GetElapsedTime(begun) < WarmUp; call--) measure(call);
        var figures = new List<double>(count);
        begun = Now;
        while (figures.Count < count && (figures.Count < (isQuick ? 1 : 3) || !IsOver(begun)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            figures.Add(measure(figures.Count));
        }

        return [.. figures];
    }

    private static int WarmUps(int count) => (count / 10) + 1;

    private bool IsOver(long begun) => time.GetElapsedTime(begun) > (isQuick ? QuickBudget : Budget);

    // The smallest value that at least that share of all do not exceed.
    private static double Percentile(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];

    private BenchTarget? Find(string name)
    {
        foreach (var target in wanted)
        {
            if (target.Name == name) return target;
        }

        return null;
    }
}
