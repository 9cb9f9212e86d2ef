using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.Routing.Rules;

namespace Slipway.Coordination.Routing;

/// <summary>
/// The state that is routed by: values by key, as one JSON object or as a snapshot of a shared state. It is read, never kept: nothing of
/// a routing refers to it afterwards.
/// </summary>
public sealed class RoutingState
{
    /// <summary>An object is searched from key to key: cheap for few keys or few questions. Beyond both it pays to index it.</summary>
    private const int FewKeys = 8;

    private const int FewSearches = 16;

    private readonly JsonElement _json;
    private IReadOnlyDictionary<string, JsonElement>? _values;
    private int _searches;
    private StrongBox<StateComplexityMetrics>? _metrics;

    /// <summary>The state that an object holds.</summary>
    /// <exception cref="ArgumentException">It is no object.</exception>
    public RoutingState(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object) throw new ArgumentException("The state must be a JSON object.", nameof(json));
        _json = json;
    }

    /// <summary>The state that a snapshot holds. The snapshot must not change while it is routed by.</summary>
    public RoutingState(IReadOnlyDictionary<string, JsonElement> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = values;
    }

    /// <summary>A state without anything in it.</summary>
    public static RoutingState Empty { get; } = new(new Dictionary<string, JsonElement>());

    /// <summary>How large it is and what it shows; computed once, in time that grows with the state.</summary>
    public StateComplexityMetrics Metrics => (_metrics ??= new StrongBox<StateComplexityMetrics>(Measure())).Value;

    /// <summary>The metrics, when somebody has asked for them.</summary>
    internal StateComplexityMetrics? KnownMetrics => _metrics?.Value;

    /// <summary>The state that an object holds.</summary>
    public static implicit operator RoutingState(JsonElement json) => new(json);

    /// <summary>The state that an object holds.</summary>
    public static RoutingState FromJsonElement(JsonElement json) => new(json);

    /// <summary>Looks up a key at the top, as it is spelt.</summary>
    public bool TryGet(string key, out JsonElement value) =>
        _values is not null ? _values.TryGetValue(key, out value) : _json.TryGetProperty(key, out value);

    /// <summary>Looks up a path such as <c>build.errors.count</c> or <c>items.0.name</c>; see <see cref="RoutingRule.ConditionKey"/>.</summary>
    /// <exception cref="ArgumentException">It is no path.</exception>
    public bool TryFind(string path, out JsonElement value)
    {
        if (!KeyPath.TryParse(path, out var parsed)) throw new ArgumentException($"'{path}' is no path of keys.", nameof(path));
        return parsed.TryFind(this, out value);
    }

    internal bool TryGet(KeyPath.Segment key, out JsonElement value)
    {
        if (_values is null && ++_searches > FewSearches && _json.GetPropertyCount() > FewKeys) Index();
        return _values is not null ? _values.TryGetValue(key.Text, out value) : _json.TryGetProperty(key.Utf8, out value);
    }

    private void Index()
    {
        var values = new Dictionary<string, JsonElement>(_json.GetPropertyCount(), StringComparer.Ordinal);
        // Of a key that is there twice the last counts, as in a search.
        foreach (var field in _json.EnumerateObject()) values[field.Name] = field.Value;
        _values = values;
    }

    private StateComplexityMetrics Measure()
    {
        var (depth, size) = (0, 0L);
        if (_json.ValueKind is JsonValueKind.Object)
        {
            var raw = JsonMarshal.GetRawUtf8Value(_json);
            (depth, size) = (_json.GetPropertyCount() == 0 ? 0 : JsonDepth.Of(raw), raw.Length);
        }
        else
        {
            foreach (var (key, value) in _values!)
            {
                var raw = JsonMarshal.GetRawUtf8Value(value);
                depth = Math.Max(depth, 1 + JsonDepth.Of(raw));
                // As it would stand in an object: the quotes, the colon and the comma too.
                size += Encoding.UTF8.GetByteCount(key) + raw.Length + 4;
            }
        }

        return new StateComplexityMetrics(_json.ValueKind is JsonValueKind.Object ? _json.GetPropertyCount() : _values!.Count, depth, size, StateSigns.FindError(this) is not null, StateSigns.FindGap(this) is not null);
    }
}
