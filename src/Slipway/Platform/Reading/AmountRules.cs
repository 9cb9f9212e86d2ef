using System.Globalization;

using Slipway.Documents.Reading;
using Slipway.Kubernetes.Formats;

namespace Slipway.Platform.Reading;

/// <summary>Rules for amounts of CPU and memory. Each is a <see cref="TextRule"/>.</summary>
internal static class AmountRules
{
    /// <summary>A text rule for an amount of CPU: at least a thousandth of a core.</summary>
    public static string? Cpu(string text)
    {
        if (Quantity.Parse(text) is not { } amount) return "is no quantity (such as 100m or 0.5)";
        if (amount <= 0 || amount % 0.001m != 0) return "is no amount of CPU (a multiple of 1m above 0)";
        return amount > 1024 ? "is more than 1024 cores (write thousandths as 100m)" : null;
    }

    /// <summary>A text rule for an amount of memory or storage: whole bytes, and enough to be meant.</summary>
    public static string? Memory(string text)
    {
        if (Quantity.Parse(text) is not { } amount) return "is no quantity (such as 128Mi or 1Gi)";
        if (text.EndsWith('m')) return $"is thousandths of bytes; 'Mi' was perhaps meant ({text[..^1]}Mi)";
        if (amount < 1024 * 1024) return $"is only {amount.ToString("0.###", CultureInfo.InvariantCulture)} bytes; a suffix such as Mi is perhaps missing";
        return amount % 1 == 0 ? null : "is no whole number of bytes";
    }
}
