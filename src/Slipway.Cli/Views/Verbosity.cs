namespace Slipway.Cli.Views;

/// <summary>How much is said.</summary>
internal enum Verbosity
{
    /// <summary>What a user needs.</summary>
    Normal,

    /// <summary>Only what went wrong.</summary>
    Quiet,

    /// <summary>Hints and timings as well.</summary>
    Verbose,
}
