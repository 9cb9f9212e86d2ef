using Slipway.Performance.Probes;

namespace Slipway.Performance;

/// <summary>Measures what the coordination library promises, in this process and one thing after the other.</summary>
/// <param name="time">The clock; only the system's gives figures that mean something.</param>
public sealed class BenchRunner(TimeProvider time)
{
    /// <summary>All names that <see cref="BenchOptions.Only"/> and <see cref="BenchOptions.Skip"/> take: groups, each followed by its targets.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. BenchCatalog.Create(new BenchOptions()).SelectMany(probe => probe.Targets.Select(target => target.Name).Prepend(probe.Group))];

    /// <summary>The names of the groups, in the order in which they are measured.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. BenchCatalog.Create(new BenchOptions()).Select(probe => probe.Group)];

    /// <summary>All targets, in the order in which they are measured.</summary>
    public static IReadOnlyList<BenchTarget> Targets { get; } = [.. BenchCatalog.Create(new BenchOptions()).SelectMany(probe => probe.Targets)];

    /// <summary>Measures.</summary>
    /// <param name="options">What to measure; names that do not exist are ignored.</param>
    /// <param name="progress">Told the name of each group before it is measured; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<BenchReport> RunAsync(BenchOptions options, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var begun = time.GetTimestamp();
        var results = new List<BenchResult>();
        foreach (var probe in BenchCatalog.Create(options))
        {
            var wanted = probe.Targets.Where(target => IsWanted(options, probe.Group, target.Name)).ToList();
            if (wanted.Count == 0) continue;
            progress?.Invoke(probe.Group);
            var run = new ProbeRun(time, options.IsQuick, probe.Group, wanted, cancellationToken);
            try
            {
                await probe.MeasureAsync(run);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                run.Fail(exception.Message);
            }

            results.AddRange(run.Results());
        }

        return new BenchReport(results, time.GetElapsedTime(begun), options.IsQuick);
    }

    private static bool IsWanted(BenchOptions options, string group, string target) =>
        (options.Only.Count == 0 || options.Only.Contains(group) || options.Only.Contains(target))
        && !options.Skip.Contains(group) && !options.Skip.Contains(target);
}
