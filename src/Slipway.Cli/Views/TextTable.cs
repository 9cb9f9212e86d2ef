using System.Text;

namespace Slipway.Cli.Views;

/// <summary>Rows in aligned columns, without lines, the way kubectl prints them.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<(string[] Cells, Func<string, string>? Paint)> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="paint">Colours the row's first cell, or null.</param>
    /// <param name="cells">As many as there are headings.</param>
    public void Add(Func<string, string>? paint, params string[] cells) => _rows.Add((cells, paint));

    /// <summary>Adds a row without colour.</summary>
    public void Add(params string[] cells) => Add(null, cells);

    public void Write(Terminal terminal)
    {
        var widths = new int[headings.Length];
        for (var column = 0; column < headings.Length; column++)
        {
            widths[column] = _rows.Select(row => row.Cells[column].Length).Append(headings[column].Length).Max();
        }

        terminal.Line(terminal.Dim(Render(headings, widths, null)));
        foreach (var (cells, paint) in _rows) terminal.Line(Render(cells, widths, paint));
    }

    private static string Render(string[] cells, int[] widths, Func<string, string>? paint)
    {
        var line = new StringBuilder();
        for (var column = 0; column < cells.Length; column++)
        {
            var cell = cells[column].PadRight(column == cells.Length - 1 ? 0 : widths[column] + 2);
            line.Append(column == 0 && paint is not null ? paint(cell) : cell);
        }

        return line.ToString().TrimEnd();
    }
}
