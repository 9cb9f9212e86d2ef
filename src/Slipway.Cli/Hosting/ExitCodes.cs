namespace Slipway.Cli.Hosting;

/// <summary>What the process returns. Few codes, the same for every verb; <c>docs/cli.md</c> lists them.</summary>
internal static class ExitCodes
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Done = 0;

    /// <summary>Something is wrong; it was told.</summary>
    public const int Error = 1;

    /// <summary>There are changes (only with <c>--check</c> or <c>--detailed-exitcode</c>).</summary>
    public const int Changes = 2;

    /// <summary>Part of it is done; the rest can be resumed or waits for a person.</summary>
    public const int Partial = 3;

    /// <summary>Refused: it needs the word of a person, who has not given it or is not one who may.</summary>
    public const int Refused = 4;

    /// <summary>Another process holds the lock.</summary>
    public const int LockHeld = 5;

    /// <summary>The command line was wrong.</summary>
    public const int Usage = 64;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;
}
