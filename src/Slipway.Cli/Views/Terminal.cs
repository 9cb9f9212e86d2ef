namespace Slipway.Cli.Views;

/// <summary>Text for people, coloured or not.</summary>
/// <param name="writer">Where it goes.</param>
/// <param name="colour">True to colour.</param>
internal sealed class Terminal(TextWriter writer, bool colour)
{
    /// <summary>Where it goes.</summary>
    public TextWriter Writer => writer;

    /// <summary>True when colour is on.</summary>
    public bool HasColour => colour;

    public string Red(string text) => Paint(text, "31");

    public string Green(string text) => Paint(text, "32");

    public string Yellow(string text) => Paint(text, "33");

    public string Cyan(string text) => Paint(text, "36");

    public string Dim(string text) => Paint(text, "2");

    public string Bold(string text) => Paint(text, "1");

    public void Line(string text = "") => writer.WriteLine(text);

    private string Paint(string text, string code) => colour && text.Length > 0 ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
