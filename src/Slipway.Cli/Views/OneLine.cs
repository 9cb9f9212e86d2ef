namespace Slipway.Cli.Views;

/// <summary>Values in a cell of a table: on one line, and cut where they are long.</summary>
internal static class OneLine
{
    /// <summary>The beginning of a text.</summary>
    public static string Of(string text, int longest)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length > longest ? $"{line[..longest]}…" : line;
    }
}
