using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>Whether labels fit a selector.</summary>
internal static class LabelMatch
{
    // Labels that controllers put on the pods they make; no template shows them.
    private static readonly HashSet<string> OfControllers = new(StringComparer.Ordinal)
    {
        "apps.kubernetes.io/pod-index", "batch.kubernetes.io/job-completion-index", "batch.kubernetes.io/job-name", "controller-revision-hash", "job-name", "pod-template-hash",
        "statefulset.kubernetes.io/pod-name",
    };

    /// <summary>True when every label of a plain selector (a Service's) is among the labels.</summary>
    public static bool Plain(MappingNode selector, MappingNode labels) =>
        selector.All(entry => OfControllers.Contains(entry.Key) || labels.Text(entry.Key) is { } value && value == (entry.Value as ScalarNode)?.Text);

    /// <summary>True when the labels fit a selector with <c>matchLabels</c> and <c>matchExpressions</c>; an empty one fits all.</summary>
    public static bool Selector(MappingNode? selector, MappingNode labels)
    {
        if (selector is null) return true;
        if (selector.Mapping("matchLabels") is { } plain && !Plain(plain, labels)) return false;
        return (selector.Sequence("matchExpressions") ?? []).OfType<MappingNode>().All(expression => Expression(expression, labels));
    }

    /// <summary>True when the selector demands nothing.</summary>
    public static bool IsEmpty(MappingNode? selector) =>
        (selector?.Mapping("matchLabels")?.Count ?? 0) + (selector?.Sequence("matchExpressions")?.Count ?? 0) == 0;

    private static bool Expression(MappingNode expression, MappingNode labels)
    {
        var value = labels.Text(expression.Text("key") ?? "");
        var listed = value is not null && (expression.Sequence("values") ?? []).OfType<ScalarNode>().Any(item => item.Text == value);
        return expression.Text("operator") switch
        {
            "In" => listed,
            "NotIn" => !listed,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => true,
        };
    }
}
