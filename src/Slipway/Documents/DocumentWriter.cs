using System.Globalization;
using System.Text;

namespace Slipway.Documents;

/// <summary>
/// Writes documents as YAML: two spaces a level, list items under their key's column, one trailing line end, LF.
/// Text is quoted whenever any reader of YAML 1.1 or 1.2 could take it for something else. The same nodes give the same bytes.
/// </summary>
public static class DocumentWriter
{
    // YAML allows a key without a question mark 1,024 characters.
    private const int LongestSimpleKey = 1000;

    /// <summary>Writes a stream of documents, separated by <c>---</c>.</summary>
    public static string Write(IReadOnlyList<Document> documents)
    {
        var text = new StringBuilder();
        for (var at = 0; at < documents.Count; at++)
        {
            if (at > 0) text.Append("---\n");
            foreach (var line in documents[at].Header) text.Append(line.Length == 0 ? "#" : "# ").Append(line).Append('\n');
            WriteRoot(text, documents[at].Root);
        }

        return text.ToString();
    }

    /// <summary>Writes one document without a header.</summary>
    public static string Write(Node root) => Write([new Document(root)]);

    private static void WriteRoot(StringBuilder text, Node root)
    {
        switch (root)
        {
            case MappingNode { Count: > 0 } mapping:
                WriteMapping(text, mapping, 0, false);
                break;
            case SequenceNode { Count: > 0 } sequence:
                WriteSequence(text, sequence, 0, false);
                break;
            default:
                WriteInline(text, root, 2);
                break;
        }
    }

    private static void WriteMapping(StringBuilder text, MappingNode mapping, int indent, bool firstInPlace)
    {
        foreach (var entry in mapping)
        {
            if (!firstInPlace) text.Append(' ', indent);
            firstInPlace = false;
            WriteKey(text, entry.Key, indent);
            switch (entry.Value)
            {
                case MappingNode { Count: > 0 } child:
                    text.Append('\n');
                    WriteMapping(text, child, indent + 2, false);
                    break;
                case SequenceNode { Count: > 0 } child:
                    text.Append('\n');
                    WriteSequence(text, child, indent, false);
                    break;
                default:
                    text.Append(' ');
                    WriteInline(text, entry.Value, indent + 2);
                    break;
            }
        }
    }

    private static void WriteKey(StringBuilder text, string key, int indent)
    {
        var start = text.Length;
        WriteText(text, key, indent, isKey: true);
        if (text.Length - start > LongestSimpleKey) text.Insert(start, "? ").Append('\n').Append(' ', indent);
        text.Append(':');
    }

    private static void WriteSequence(StringBuilder text, SequenceNode sequence, int indent, bool firstInPlace)
    {
        foreach (var item in sequence)
        {
            if (!firstInPlace) text.Append(' ', indent);
            firstInPlace = false;
            text.Append("- ");
            switch (item)
            {
                case MappingNode { Count: > 0 } child:
                    WriteMapping(text, child, indent + 2, true);
                    break;
                case SequenceNode { Count: > 0 } child:
                    WriteSequence(text, child, indent + 2, true);
                    break;
                default:
                    WriteInline(text, item, indent + 2);
                    break;
            }
        }
    }

    private static void WriteInline(StringBuilder text, Node node, int indent)
    {
        switch (node)
        {
            case MappingNode:
                text.Append("{}\n");
                break;
            case SequenceNode:
                text.Append("[]\n");
                break;
            case ScalarNode { Kind: ScalarKind.String } scalar:
                WriteText(text, scalar.Text, indent, isKey: false);
                text.Append('\n');
                break;
            case ScalarNode { Kind: ScalarKind.Null }:
                text.Append("null\n");
                break;
            case ScalarNode { Kind: ScalarKind.Boolean } scalar:
                text.Append(PlainScalars.IsTrue(scalar.Text) ? "true\n" : "false\n");
                break;
            case ScalarNode scalar:
                text.Append(scalar.Text).Append('\n');
                break;
        }
    }

    private static void WriteText(StringBuilder text, string value, int indent, bool isKey)
    {
        if (TextStyles.CanBePlain(value)) text.Append(value);
        else if (!isKey && TextStyles.CanBeLiteral(value)) WriteLiteral(text, value, indent);
        else WriteQuoted(text, value);
    }

    private static void WriteLiteral(StringBuilder text, string value, int indent)
    {
        // "|" keeps one final line end, "|-" none, "|+" all of them.
        var chomping = !value.EndsWith('\n') ? "-" : value.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : "";
        text.Append('|').Append(chomping);
        var body = value.EndsWith('\n') ? value[..^1] : value;
        foreach (var line in body.Split('\n'))
        {
            text.Append('\n');
            if (line.Length > 0) text.Append(' ', indent).Append(line);
        }
    }

    private static void WriteQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                0 => text.Append("\\0"),
                < 0x20 or 0x7f or (>= 0x80 and < 0xa0) => text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
                0x2028 or 0x2029 or 0xfeff or 0xfffe or 0xffff => text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => text.Append(rune.ToString()),
            };
        }

        text.Append('"');
    }
}
