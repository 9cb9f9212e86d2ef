using FsCheck;
using FsCheck.Fluent;

namespace Slipway.Tests.Documents;

/// <summary>Texts that YAML could take for something else, or that could break out of their place.</summary>
internal static class NastyText
{
    public static readonly string[] Fixed =
    [
        "", " ", "  x", "x ", "\t", "\n", "\n\n", "a\n", "a\n\n", "a\n\n\n", "\na", " a\n b", "a\n b", "a\n\n b\n", "a\n  \nb", "a \nb", "a\tb\nc", "a\r\nb", "\r",
        "no", "No", "NO", "on", "off", "yes", "y", "n", "Y", "true", "TRUE", "False", "null", "Null", "~", "1", "+1", "-1", "0", "00", "0o7", "0O7", "0777", "0888", "0x1F", "0b11",
        "1e3", "1E3", "1.5e+3", ".5", "1.", "+.inf", "-.INF", ".nan", ".NaN", "1_000", "1_", "_1", "12:30:45", "1:2", "190:20:30.15", "2001-01-01", "2001-12-14T21:59:43Z",
        "2001-12-14 21:59:43.10 -5", "2001-12-14t21:59:43.10-05:00", "123456789012", "123456789012345678901234567890", "0.0.0.0", "10.0.0.0/16", "1.4.2", "1,000", "=", "<<", ":", "::", "a:", ":a", "a: b",
        "a:b", "a :b", "a : b", "#", "# a", "a #b", "a# b", "-", "- a", "-a", "--", "---", "--- a", "...", "... a", "..", "?", "? a", "?a", "!", "!!int 3", "!tag", "&a", "*a", "|", "|\n a", ">", ">-", "'", "''", "'a'", "\"", "\"a\"",
        "a\"b", "a'b", "\\", "\\n", "a\\", "%", "%YAML 1.2", "@", "@a", "`", "`a`", "{", "}", "{}", "{a: b}", "[", "]", "[]", "[a, b]", ",", "a, b", "{{ name }}", "{{#if x}}", "\\{{ x }}", "{{", "}}",
        "key: value\nlist:\n- a\n- b: {c: d}\n", "---\na: 1\n---\nb: 2\n", "apiVersion: v1\nkind: Secret\n", "# only a comment\n", "\u0085", "a\u0085b", "\u2028", "a\u2028b", "\ufeff", "\ufeffa", "\u00a0", "\u00a0a\u00a0", "\u0000", "\u0007", "\u001b[31m", "\u007f", "ä", "⛵", "😀", "a😀\nb",
        "$(VAR)", "${VAR}", "$(VAR) $$", "%27", "a\n#b\n", "a\n- b\n", "a\n---\nb", "a\n...\nb", "key", "x: |\n  y\n",
    ];

    private static readonly string[] Pieces =
    [
        ":", ": ", " :", "#", " #", "# ", "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "-", "- ", "---", "...", "?", "? ", "\n", "\n\n", "\r\n", "\t", " ", "  ", "\\", "~", "=", "<<",
        "no", "on", "true", "null", "0", "1", "9", "1e3", "0o7", ".", "_", "+", "2001-01-01", "a", "Z", "{{", "}}", "{{ name }}", "ä", "⛵", "😀", "\u0085", "\u2028", "\u00a0", "\ufeff", "\u0001", "\u007f", "/",
    ];

    /// <summary>A text of the fixed ones, or of pieces put together.</summary>
    public static Gen<string> Generator { get; } = Gen.Frequency(
        (1, Gen.Elements(Fixed)),
        (4, Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces))));

    public static Arbitrary<string> Arbitrary { get; } = Generator.ToArbitrary();
}
