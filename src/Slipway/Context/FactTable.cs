using System.Globalization;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>The facts found so far, by path.</summary>
internal sealed class FactTable
{
    private readonly SortedDictionary<string, Value<string>> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);

    /// <summary>The subnets, which are the one list.</summary>
    public Value<IReadOnlyList<string>>? Subnets { get; set; }

    /// <summary>All texts in ordinal order of their paths.</summary>
    public IEnumerable<Value<string>> Texts => _texts.Values;

    /// <summary>Where a fact that is not there was looked for.</summary>
    public static Provenance NotFound(string path) => new(ProvenanceKind.Terraform, $"no output for {path}");

    public void Set(string path, Value<string> value) => _texts[path] = value;

    public void SetFailed(string path) => _failed.Add(path);

    public bool HasFailed(string path) => _failed.Contains(path);

    public bool Has(string path) => _texts.ContainsKey(path) || (path == "networking.private_subnet_ids" && Subnets is not null);

    public string? Known(string path) => _texts.TryGetValue(path, out var value) && value.TryGet(out var text) ? text : null;

    public Value<string>? Find(string path) => _texts.TryGetValue(path, out var value) ? value : null;

    public Value<string> Text(string path) => Find(path) ?? Value.Unknown<string>(path, NotFound(path));

    public Value<int> Number(string path) => Text(path).Map(text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
}
