using System.Globalization;

namespace SchemaTables;

/// <summary>Minor versions from one to another, written <c>33</c>, <c>33-</c>, <c>-34</c> or <c>33-34</c>; <c>*</c> is all.</summary>
internal readonly record struct VersionRange(int First, int Last)
{
    public static VersionRange Parse(string text)
    {
        if (text == "*") return new VersionRange(0, int.MaxValue);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0) return new VersionRange(Number(text), Number(text));
        return new VersionRange(dash == 0 ? 0 : Number(text[..dash]), dash == text.Length - 1 ? int.MaxValue : Number(text[(dash + 1)..]));
    }

    public bool Holds(int version) => version >= First && version <= Last;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
