using System.Diagnostics;
using System.Globalization;

namespace Slipway.CrashHost;

/// <summary>When the process ends itself by a signal that cannot be handled.</summary>
/// <param name="Moment">Before the commit of an append, after it, or some time after the start.</param>
/// <param name="Number">Which append, counted from 1, or how many milliseconds.</param>
internal sealed record KillPoint(KillMoment Moment, int Number)
{
    public static KillPoint Never { get; } = new(KillMoment.Never, 0);

    /// <summary>Reads <c>never</c>, <c>before:3</c>, <c>after:3</c> or <c>milliseconds:12</c>.</summary>
    public static KillPoint Parse(string text)
    {
        var parts = text.Split(':');
        var moment = Enum.Parse<KillMoment>(parts[0], ignoreCase: true);
        return new KillPoint(moment, parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>Ends the process at once: nothing is flushed, disposed or finished.</summary>
    public static void Kill()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    public override string ToString() =>
        Moment == KillMoment.Never ? "never" : string.Create(CultureInfo.InvariantCulture, $"{Moment.ToString().ToLowerInvariant()}:{Number}");
}
