namespace Slipway.CrashHost;

/// <summary>The kinds of <see cref="KillPoint"/>.</summary>
internal enum KillMoment
{
    Never,
    Before,
    After,
    Milliseconds,
}
