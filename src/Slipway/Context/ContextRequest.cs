using Slipway.Platform;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>What the context bridge collects from.</summary>
public sealed record ContextRequest
{
    /// <summary>The outputs of every Terraform source.</summary>
    public required IReadOnlyList<TerraformOutputs> Outputs { get; init; }

    /// <summary>The services, which say what facts are needed.</summary>
    public required Inventory Inventory { get; init; }

    /// <summary>Paths of outputs by fact, from <c>slipway.yaml</c>; they go before the conventional names.</summary>
    public IReadOnlyDictionary<string, Value<string>> Mapping { get; init; } = new Dictionary<string, Value<string>>(StringComparer.Ordinal);

    /// <summary>Fixed values by fact, from <c>slipway.yaml</c>.</summary>
    public IReadOnlyDictionary<string, Value<string>> Values { get; init; } = new Dictionary<string, Value<string>>(StringComparer.Ordinal);

    /// <summary>True to carry what is missing or mistyped as unknown, with a warning each. Default: false.</summary>
    public bool AllowUnknown { get; init; }

    /// <summary>
    /// The sections to collect whole, such as <c>database</c>; null for those that the inventory refers to, that a mapping or value names,
    /// and those of which an output was found.
    /// </summary>
    public IReadOnlySet<string>? Sections { get; init; }
}
