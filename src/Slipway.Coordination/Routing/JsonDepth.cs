using System.Buffers;

namespace Slipway.Coordination.Routing;

/// <summary>How deep objects and lists lie in each other in JSON that was parsed already: only brackets, text and comments are looked at.</summary>
internal static class JsonDepth
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[]/"u8);

    public static int Of(ReadOnlySpan<byte> json)
    {
        var (depth, deepest) = (0, 0);
        while (json.IndexOfAny(Marks) is >= 0 and var next)
        {
            var mark = json[next];
            json = json[(next + 1)..];
            switch (mark)
            {
                case (byte)'"':
                    json = AfterText(json);
                    break;
                case (byte)'/':
                    json = json[0] == (byte)'/' ? After(json, "\n"u8) : After(json[1..], "*/"u8);
                    break;
                case (byte)'{' or (byte)'[':
                    deepest = Math.Max(deepest, ++depth);
                    break;
                default:
                    depth--;
                    break;
            }
        }

        return deepest;
    }

    private static ReadOnlySpan<byte> AfterText(ReadOnlySpan<byte> json)
    {
        while (true)
        {
            var end = json.IndexOfAny((byte)'"', (byte)'\\');
            if (json[end] == (byte)'"') return json[(end + 1)..];
            json = json[(end + 2)..];
        }
    }

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> json, ReadOnlySpan<byte> end) =>
        json.IndexOf(end) is >= 0 and var at ? json[(at + end.Length)..] : [];
}
