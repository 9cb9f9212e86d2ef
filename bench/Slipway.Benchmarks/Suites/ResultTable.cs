namespace Slipway.Benchmarks.Suites;

/// <summary>A table of results, in Markdown so that it can be pasted.</summary>
/// <param name="title">What was measured.</param>
/// <param name="columns">The names of the columns; the first is left-aligned, the others are numbers.</param>
internal sealed class ResultTable(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Print(TextWriter output)
    {
        var widths = columns.Select((column, index) => _rows.Select(row => row[index].Length).Append(column.Length).Append(3).Max()).ToArray();
        output.WriteLine($"## {title}\n");
        output.WriteLine(Line(columns));
        output.WriteLine($"| {string.Join(" | ", widths.Select((width, index) => index == 0 ? new string('-', width) : new string('-', width - 1) + ":"))} |");
        foreach (var row in _rows) output.WriteLine(Line(row));
        output.WriteLine();

        string Line(string[] cells) =>
            $"| {string.Join(" | ", cells.Select((cell, index) => index == 0 ? cell.PadRight(widths[index]) : cell.PadLeft(widths[index])))} |";
    }
}
