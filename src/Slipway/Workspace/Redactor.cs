using System.Buffers;
using System.Text;

namespace Slipway.Workspace;

/// <summary>
/// Masks secret values in text that is shown or recorded. A value is also found in base64 and with JSON's or a URL's escapes; of a value
/// with several lines each longer line counts. Safe to use from several threads.
/// </summary>
public sealed class Redactor
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "(sensitive)";

    /// <summary>Values shorter than this, in characters, are not masked: they would tear ordinary text apart and say little.</summary>
    public const int MinimumLength = 4;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private Table? _table;

    /// <summary>Masks a value from now on.</summary>
    public void Register(string? secret)
    {
        if (secret is null) return;
        lock (_gate)
        {
            Add(secret);
            foreach (var line in secret.Split('\n')) Add(line.Trim());
            _table = null;
        }
    }

    /// <summary>The text with every registered value masked; the same object when there is none in it.</summary>
    public string Redact(string text)
    {
        Table table;
        lock (_gate)
        {
            if (_secrets.Count == 0) return text;
            table = _table ??= new Table([.. _secrets.OrderByDescending(secret => secret.Length).ThenBy(secret => secret, StringComparer.Ordinal)]);
        }

        return table.Redact(text);
    }

    private void Add(string secret)
    {
        if (secret.Length < MinimumLength) return;
        _secrets.Add(secret);
        _secrets.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)));
        _secrets.Add(Uri.EscapeDataString(secret));
        _secrets.Add(System.Text.Json.JsonEncodedText.Encode(secret).ToString());
        _secrets.Add(System.Text.Json.JsonEncodedText.Encode(secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());
    }

    private sealed class Table(string[] longestFirst)
    {
        private readonly SearchValues<string> _any = SearchValues.Create(longestFirst, StringComparison.Ordinal);

        public string Redact(string text)
        {
            var rest = text.AsSpan();
            if (rest.IndexOfAny(_any) < 0) return text;
            var result = new StringBuilder(text.Length);
            for (var found = rest.IndexOfAny(_any); found >= 0; found = rest.IndexOfAny(_any))
            {
                result.Append(rest[..found]).Append(Mask);
                rest = rest[found..];
                rest = rest[LengthAt(rest)..];
            }

            return result.Append(rest).ToString();
        }

        private int LengthAt(ReadOnlySpan<char> text)
        {
            foreach (var secret in longestFirst)
            {
                if (text.StartsWith(secret, StringComparison.Ordinal)) return secret.Length;
            }

            return 1;
        }
    }
}
