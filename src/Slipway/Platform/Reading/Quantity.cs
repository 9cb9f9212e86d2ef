using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Platform.Reading;

/// <summary>Kubernetes quantities: <c>100m</c>, <c>1.5</c>, <c>128Mi</c>, <c>2e9</c>.</summary>
internal static partial class Quantity
{
    private static readonly Dictionary<string, decimal> Scales = new(StringComparer.Ordinal)
    {
        [""] = 1m,
        ["m"] = 0.001m,
        ["k"] = 1_000m,
        ["M"] = 1_000_000m,
        ["G"] = 1_000_000_000m,
        ["T"] = 1_000_000_000_000m,
        ["P"] = 1_000_000_000_000_000m,
        ["Ki"] = 1024m,
        ["Mi"] = 1024m * 1024m,
        ["Gi"] = 1024m * 1024m * 1024m,
        ["Ti"] = 1024m * 1024m * 1024m * 1024m,
        ["Pi"] = 1024m * 1024m * 1024m * 1024m * 1024m,
    };

    /// <summary>Reads a quantity as a number of cores or bytes.</summary>
    public static bool TryParse(string text, out decimal amount)
    {
        amount = 0;
        var match = Pattern().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        var suffix = match.Groups["suffix"].Value;
        if (suffix.Length > 0 && suffix[0] is 'e' or 'E')
        {
            var exponent = int.Parse(suffix.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            for (; exponent > 0; exponent--) number *= 10;
            for (; exponent < 0; exponent++) number /= 10;
            amount = number;
            return true;
        }

        amount = number * Scales[suffix];
        return true;
    }

    /// <summary>A text rule for an amount of CPU: at least a thousandth of a core.</summary>
    public static string? Cpu(string text)
    {
        if (!TryParse(text, out var amount)) return "is no quantity (such as 100m or 0.5)";
        if (amount <= 0 || amount % 0.001m != 0) return "is no amount of CPU (a multiple of 1m above 0)";
        return amount > 1024 ? "is more than 1024 cores (write thousandths as 100m)" : null;
    }

    /// <summary>A text rule for an amount of memory or storage: whole bytes, and enough to be meant.</summary>
    public static string? Memory(string text)
    {
        if (!TryParse(text, out var amount)) return "is no quantity (such as 128Mi or 1Gi)";
        if (text.EndsWith('m')) return $"is thousandths of bytes; 'Mi' was perhaps meant ({text[..^1]}Mi)";
        if (amount < 1024 * 1024) return $"is only {amount.ToString("0.###", CultureInfo.InvariantCulture)} bytes; a suffix such as Mi is perhaps missing";
        return amount % 1 == 0 ? null : "is no whole number of bytes";
    }

    [GeneratedRegex(@"^\+?(?<number>[0-9]{1,12}(\.[0-9]{0,9})?|\.[0-9]{1,9})(?<suffix>m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi|[eE][+-]?[0-9])?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
