namespace Slipway.Storage;

/// <summary>How long stores keep metrics.</summary>
public static class MetricRetention
{
    /// <summary>What the original coordination library names: 7 days.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromDays(7);

    internal static void Validate(TimeSpan age) => ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero);
}
