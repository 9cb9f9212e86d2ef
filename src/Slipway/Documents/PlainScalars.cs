using System.Buffers;
using System.Globalization;

namespace Slipway.Documents;

/// <summary>
/// What an unquoted scalar means. Kubernetes reads YAML 1.1 as go-yaml v2 does (<c>no</c> is false, <c>0o7</c> and <c>0777</c> are numbers),
/// other readers follow YAML 1.2; a text is written plain only when every one of them reads it as that text.
/// </summary>
public static class PlainScalars
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789abcdefABCDEFxob_+-.eEinfINFaNtTZ: ");

    /// <summary>The type that Kubernetes gives an unquoted scalar.</summary>
    /// <param name="text">The text as it stands.</param>
    public static ScalarKind Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return ScalarKind.Null;
            case "true" or "True" or "TRUE" or "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON":
            case "false" or "False" or "FALSE" or "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF":
                return ScalarKind.Boolean;
            case ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf" or "-.INF":
                return ScalarKind.Float;
        }

        if (!(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.')) return ScalarKind.String;
        if (IsInteger(text)) return ScalarKind.Integer;
        return IsFloat(text) ? ScalarKind.Float : ScalarKind.String;
    }

    /// <summary>The truth value of a scalar that <see cref="Resolve"/> calls boolean.</summary>
    public static bool IsTrue(string text) => text.Length > 0 && (text[0] is 't' or 'T' or 'y' or 'Y' || text is "on" or "On" or "ON");

    /// <summary>Reads a whole number as Kubernetes does, in any of its notations.</summary>
    public static bool TryParseInteger(string text, out long value)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var negative = digits.StartsWith('-');
        if (digits.Length > 0 && digits[0] is '+' or '-') digits = digits[1..];
        value = 0;
        if (digits.Length == 0) return false;

        var (radix, start) = digits switch
        {
            _ when digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) => (16, 2),
            _ when digits.StartsWith("0b", StringComparison.OrdinalIgnoreCase) => (2, 2),
            _ when digits.StartsWith("0o", StringComparison.OrdinalIgnoreCase) => (8, 2),
            _ when digits.Length > 1 && digits[0] == '0' => (8, 1),
            _ => (10, 0),
        };
        if (radix == 10)
        {
            if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value)) return false;
        }
        else
        {
            if (start == digits.Length) return false;
            foreach (var digit in digits.AsSpan(start))
            {
                var number = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
                if (number >= radix || value > (long.MaxValue - number) / radix) return false;
                value = (value * radix) + number;
            }
        }

        if (negative) value = -value;
        return true;
    }

    /// <summary>True when some YAML reader, of 1.1 or 1.2, would take the unquoted text for something other than that text.</summary>
    public static bool IsAmbiguous(string text)
    {
        if (Resolve(text) != ScalarKind.String) return true;
        if (text is "=" or "<<") return true;

        // Dates, times, base-60 numbers (12:30:45) and whatever else looks like a number to somebody.
        return (char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.')
            && text.AsSpan().IndexOfAnyExcept(NumberCharacters) < 0
            && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0;
    }

    private static bool IsInteger(string text) =>
        text[^1] != '_' && (TryParseInteger(text, out _) || IsLongDecimal(text));

    private static bool IsLongDecimal(string text)
    {
        var digits = text[0] is '+' or '-' ? text.AsSpan(1) : text.AsSpan();
        return digits.Length > 18 && digits[0] != '0' && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static bool IsFloat(string text)
    {
        var digits = text[0] is '+' or '-' ? text.AsSpan(1) : text.AsSpan();
        return digits.Length > 0
            && (char.IsAsciiDigit(digits[0]) || (digits.Length > 1 && digits[0] == '.' && char.IsAsciiDigit(digits[1])))
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);
    }
}
