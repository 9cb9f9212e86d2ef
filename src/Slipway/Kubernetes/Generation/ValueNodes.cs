using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation;

/// <summary>Makes nodes of values. Nothing sensitive gets into a node, and nothing unknown looks like something known.</summary>
internal static class ValueNodes
{
    public const string SensitiveCode = "SLW2001";

    public static ScalarNode Of(Value<string> value, GenerationItem item, ICollection<Diagnostic> problems) =>
        IsWritable(value, item, problems) ? ScalarNode.Of(value.Content, value.Source) : Marker(value);

    public static ScalarNode Of(Value<int> value, GenerationItem item, ICollection<Diagnostic> problems) =>
        IsWritable(value, item, problems) ? ScalarNode.Of(value.Content, value.Source) : Marker(value);

    /// <summary>False for an unknown value, and for a sensitive one, which is reported.</summary>
    public static bool IsWritable<T>(Value<T> value, GenerationItem item, ICollection<Diagnostic> problems)
        where T : notnull
    {
        if (!value.IsSensitive) return !value.IsUnknown;
        problems.Add(new Diagnostic
        {
            Code = SensitiveCode,
            Summary = $"a sensitive value would be written in the clear into {string.Join(", ", item.Paths.DefaultIfEmpty(item.Id))}",
            Detail = $"it comes from {value.Source}",
            Place = value.Source.Place,
            Fix = "take it from a secret instead, or declare the output nonsensitive() in Terraform if it is none",
        });
        return false;
    }

    private static ScalarNode Marker<T>(Value<T> value)
        where T : notnull => ScalarNode.Of(UnknownMarker.For(value.UnknownName ?? "sensitive"), value.Source);
}
