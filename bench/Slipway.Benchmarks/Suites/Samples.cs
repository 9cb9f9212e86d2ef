using System.Diagnostics;

namespace Slipway.Benchmarks.Suites;

/// <summary>Repeated measurements of one thing, read by their median.</summary>
internal sealed class Samples
{
    private readonly List<double> _seconds = [];

    /// <summary>The median duration.</summary>
    public TimeSpan Median
    {
        get
        {
            var sorted = _seconds.Order().ToArray();
            return TimeSpan.FromSeconds(sorted[sorted.Length / 2]);
        }
    }

    /// <summary>The shortest duration.</summary>
    public TimeSpan Best => TimeSpan.FromSeconds(_seconds.Min());

    /// <summary>Measures once more.</summary>
    public async Task AddAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        _seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <inheritdoc cref="AddAsync"/>
    public void Add(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        _seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Measures several times, after one time that does not count.</summary>
    public static async Task<Samples> TakeAsync(int count, Func<Task> work)
    {
        var samples = new Samples();
        await work();
        for (var sample = 0; sample < count; sample++) await samples.AddAsync(work);
        return samples;
    }
}
