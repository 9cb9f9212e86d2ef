using System.Globalization;

namespace Slipway.Kubernetes.Formats;

/// <summary>Reads quantities such as <c>250m</c>, <c>1.5</c>, <c>64Mi</c>, <c>2e3</c>.</summary>
internal static class Quantity
{
    private static readonly Dictionary<string, decimal> Units = new(StringComparer.Ordinal)
    {
        [""] = 1m,
        ["n"] = 0.000000001m,
        ["u"] = 0.000001m,
        ["m"] = 0.001m,
        ["k"] = 1000m,
        ["M"] = 1000_000m,
        ["G"] = 1000_000_000m,
        ["T"] = 1000_000_000_000m,
        ["P"] = 1000_000_000_000_000m,
        ["E"] = 1000_000_000_000_000_000m,
        ["Ki"] = 1024m,
        ["Mi"] = 1024m * 1024,
        ["Gi"] = 1024m * 1024 * 1024,
        ["Ti"] = 1024m * 1024 * 1024 * 1024,
        ["Pi"] = 1024m * 1024 * 1024 * 1024 * 1024,
        ["Ei"] = 1024m * 1024 * 1024 * 1024 * 1024 * 1024,
    };

    /// <summary>The amount, or null when the text is no quantity.</summary>
    public static decimal? Parse(string text)
    {
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (end < text.Length && text[end] == '.') end++;
        if (end == 0 || !Units.TryGetValue(text[end..], out var unit)) return null;
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var style = end == text.Length ? Plain | NumberStyles.AllowExponent : Plain;
        if (!decimal.TryParse(text.AsSpan(0, end), style, CultureInfo.InvariantCulture, out var number)) return null;
        return unit > 1 && Math.Abs(number) > decimal.MaxValue / unit ? null : number * unit;
    }

    /// <summary>How a text that is no quantity could be written.</summary>
    public static string Advice(string text)
    {
        if (text.EndsWith("MB", StringComparison.OrdinalIgnoreCase) || text.EndsWith("GB", StringComparison.OrdinalIgnoreCase) || text.EndsWith("KB", StringComparison.OrdinalIgnoreCase))
            return $"write '{text[..^1].TrimEnd()}i' (powers of 1024) or '{text[..^1].TrimEnd()}' (powers of 1000)";
        return "write a number with a unit such as 250m, 1, 64Mi or 2Gi, without a space";
    }
}
