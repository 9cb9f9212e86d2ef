using System.Text.Json;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>Something that agents wait for is there.</summary>
public sealed record DependencyResolved : SignalPayload, ISignalPayload<DependencyResolved>
{
    /// <inheritdoc/>
    public override SignalType Type => SignalType.DependencyResolved;

    /// <summary>The kind, such as <c>agent_completion</c>, 1 to 100 characters.</summary>
    public required string DependencyType { get; init; }

    /// <summary>The dependency, 1 to 200 characters.</summary>
    public required string DependencyId { get; init; }

    /// <summary>Who resolved it, 1 to 100 characters.</summary>
    public required string ResolvedBy { get; init; }

    /// <summary>What more there is to know: a JSON object. Default: undefined, which stands for an empty one.</summary>
    public JsonElement ResolutionData { get; init => field = SignalDraft.Kept(value); }

    /// <inheritdoc/>
    public static PayloadResult<DependencyResolved> Read(JsonElement data) => PayloadReader.Read(data, static reader => new DependencyResolved
    {
        DependencyType = reader.Name("dependency_type"),
        DependencyId = reader.Name("dependency_id"),
        ResolvedBy = reader.Name("resolved_by"),
        ResolutionData = reader.Object("resolution_data"),
    });

    internal override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("dependency_type", DependencyType);
        writer.WriteString("dependency_id", DependencyId);
        writer.WriteString("resolved_by", ResolvedBy);
        SignalJson.WriteObject(writer, "resolution_data", ResolutionData);
    }

    internal override void Check(PayloadCheck check)
    {
        check.Name("dependency_type", DependencyType);
        check.Name("dependency_id", DependencyId, longest: 200);
        check.Name("resolved_by", ResolvedBy);
        check.Object("resolution_data", ResolutionData);
    }

    internal override bool TryGetScalar(string name, out SignalValue value)
    {
        value = name switch
        {
            "dependency_type" => DependencyType,
            "dependency_id" => DependencyId,
            "resolved_by" => ResolvedBy,
            _ => default,
        };
        return name is "dependency_type" or "dependency_id" or "resolved_by";
    }
}
