namespace Slipway.Coordination.Journal;

/// <summary>The versioned JSON form of events: stable names, no CLR type names, no culture-dependent text.</summary>
public static class RunEventJson
{
    /// <summary>The version of the payload format; it grows only when a reader of the older one would misread.</summary>
    public const int FormatVersion = 1;
}
