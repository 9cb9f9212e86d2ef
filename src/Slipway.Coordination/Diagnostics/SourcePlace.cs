using System.Globalization;
using System.Text;

namespace Slipway.Coordination.Diagnostics;

/// <summary>Where in an input a problem lies.</summary>
/// <param name="File">The file as the user named it, with forward slashes; null when the input was not a file.</param>
/// <param name="Line">The line, counted from 1; null when unknown.</param>
/// <param name="Column">The column in characters, counted from 1; null when unknown.</param>
/// <param name="Path">The path inside the document, such as <c>services[3].port</c>; null when unknown.</param>
public sealed record SourcePlace(string? File, int? Line = null, int? Column = null, string? Path = null)
{
    /// <summary>Renders <c>file:line:column (path)</c>, leaving out what is unknown.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Line is { } line)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? ":" : "line ")}{line}");
            if (Column is { } column) text.Append(CultureInfo.InvariantCulture, $":{column}");
        }

        if (Path is { Length: > 0 }) text.Append(text.Length > 0 ? $" ({Path})" : Path);
        return text.ToString();
    }
}
