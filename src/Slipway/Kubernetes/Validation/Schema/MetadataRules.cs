using Slipway.Documents;
using Slipway.Kubernetes.Formats;
using Slipway.Platform;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Labels, annotations, selectors, keys of data.</summary>
internal static class MetadataRules
{
    private const int MaximumSize = 1024 * 1024;
    private const string KeyRule = "use an optional DNS name with '/', then at most 63 letters, digits, '-', '_' or '.'";

    public static void ObjectMeta(RuleContext at)
    {
        Labels(at, "labels");
        foreach (var entry in at.Item.Kind == "Namespace" ? at.Node.Mapping("labels") ?? [] : [])
        {
            if (entry.Key is "pod-security.kubernetes.io/enforce" or "pod-security.kubernetes.io/audit" or "pod-security.kubernetes.io/warn" && entry.Value is ScalarNode { Text: var level })
                at.Findings.Require(level is "privileged" or "baseline" or "restricted", Codes.NotAllowedValue, at.Item, at.Path["labels"][entry.Key], $"'{level}' is no level of pod security", "write privileged, baseline or restricted");
        }

        foreach (var entry in at.Node.Mapping("annotations") ?? [])
            at.Findings.Require(Names.IsLabelKey(entry.Key.ToLowerInvariant()), Codes.BadLabel, at.Item, at.Path["annotations"][entry.Key], $"'{entry.Key}' is no key for an annotation", KeyRule);
    }

    public static void Selector(RuleContext at) => Labels(at, "matchLabels");

    public static void SelectorRequirement(RuleContext at)
    {
        var values = at.Node.Sequence("values")?.Count ?? 0;
        if (at.Node.Text("operator") is "In" or "NotIn")
            at.Require(values > 0, Codes.BadCombination, "values", "the operator needs values", "list at least one value");
        else if (at.Node.Text("operator") is "Exists" or "DoesNotExist")
            at.Require(values == 0, Codes.BadCombination, "values", "the operator takes no values", "remove 'values'");
    }

    public static void ConfigMap(RuleContext at)
    {
        DataKeys(at);
        var size = (at.Node.Mapping("data") ?? []).Concat(at.Node.Mapping("binaryData") ?? []).Sum(entry => (entry.Value as ScalarNode)?.Text.Length ?? 0);
        at.Require(size <= MaximumSize, Codes.OutOfRange, "data", "the values are larger than 1 MiB together", "split the ConfigMap, or mount the data from elsewhere");
    }

    public static void DataKeys(RuleContext at)
    {
        foreach (var field in (string[])["data", "stringData", "binaryData"])
        {
            foreach (var entry in at.Node.Mapping(field) ?? [])
                at.Findings.Require(Names.IsDataKey(entry.Key), Codes.BadKey, at.Item, at.Path[field][entry.Key], $"'{entry.Key}' is no key", "use letters, digits, '-', '_' and '.'");
        }

        foreach (var entry in at.Node.Mapping("binaryData") ?? [])
        {
            if (at.Node.Mapping("data")?.Has(entry.Key) == true)
                at.Findings.Error(Codes.DuplicateItem, at.Item, at.Path["binaryData"][entry.Key], $"the key '{entry.Key}' stands in 'data' too", "remove one of the two");
        }
    }

    /// <summary>Checks a mapping of labels.</summary>
    public static void Labels(RuleContext at, string field)
    {
        foreach (var entry in at.Node.Mapping(field) ?? [])
        {
            var path = at.Path[field][entry.Key];
            at.Findings.Require(Names.IsLabelKey(entry.Key), Codes.BadLabel, at.Item, path, $"'{entry.Key}' is no key for a label", KeyRule);
            if (entry.Value is not ScalarNode { Kind: ScalarKind.String, Text: var text } || UnknownMarker.Find(text) is not null) continue;
            at.Findings.Require(
                Names.IsLabelValue(text),
                Codes.BadLabel,
                at.Item,
                path,
                $"'{text}' is no value for a label",
                "use at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit");
        }
    }
}
