using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Formats;
using Slipway.Platform;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Amounts: what containers ask for, and what a namespace allows.</summary>
internal static class QuotaRules
{
    private static readonly HashSet<string> Standard = new(StringComparer.Ordinal) { "cpu", "memory", "ephemeral-storage" };
    private static readonly HashSet<string> Counted = new(StringComparer.Ordinal)
    {
        "bindings", "configmaps", "cpu", "ephemeral-storage", "memory", "persistentvolumeclaims", "pods", "replicationcontrollers", "resourcequotas", "secrets", "services",
        "services.loadbalancers", "services.nodeports", "storage",
    };

    public static void Resources(RuleContext at)
    {
        foreach (var part in (string[])["requests", "limits"])
        {
            foreach (var entry in at.Node.Mapping(part) ?? [])
            {
                var path = at.Path[part][entry.Key];
                NotNegative(at, entry.Value, path);
                if (Standard.Contains(entry.Key) || IsPaged(entry.Key)) MillisOfBytes(at, entry, path);
                else Extended(at, entry, part, path);
            }
        }

        foreach (var entry in at.Node.Mapping("requests") ?? [])
        {
            if (Amount(entry.Value) is not { } request || at.Node.Mapping("limits")?[entry.Key] is not { } other || Amount(other) is not { } limit) continue;
            at.Findings.Require(
                limit >= request,
                Codes.LimitBelowRequest,
                at.Item,
                at.Path["limits"][entry.Key],
                $"the limit of {entry.Key}, {other}, is below the request, {entry.Value}",
                "raise the limit, or lower the request");
            if (IsExtended(entry.Key))
                at.Findings.Require(limit <= request, Codes.BadCombination, at.Item, at.Path["limits"][entry.Key], $"{entry.Key} cannot be shared, so that limit and request must be equal", "write the same number");
        }
    }

    public static void Quota(RuleContext at)
    {
        foreach (var entry in at.Node.Mapping("hard") ?? [])
        {
            var path = at.Path["hard"][entry.Key];
            NotNegative(at, entry.Value, path);
            var known = entry.Key.Contains('/', StringComparison.Ordinal) || IsPaged(entry.Key) || Counted.Contains(entry.Key.Replace("requests.", "", StringComparison.Ordinal).Replace("limits.", "", StringComparison.Ordinal));
            at.Findings.Require(known, Codes.NotAllowedValue, at.Item, path, $"'{entry.Key}' is nothing that a quota counts", Suggestion.Closest(entry.Key, Counted) is { } near ? $"did you mean '{near}'?" : "write it as requests.cpu or count/deployments.apps");
        }
    }

    public static void Limits(RuleContext at)
    {
        foreach (var (low, high) in (ReadOnlySpan<(string, string)>)[("min", "max"), ("default", "max"), ("defaultRequest", "default"), ("defaultRequest", "max"), ("min", "default"), ("min", "defaultRequest")])
        {
            foreach (var entry in at.Node.Mapping(low) ?? [])
            {
                if (Amount(entry.Value) is not { } less || at.Node.Mapping(high)?[entry.Key] is not { } other || Amount(other) is not { } more) continue;
                at.Findings.Require(less <= more, Codes.LimitBelowRequest, at.Item, at.Path[low][entry.Key], $"'{low}' of {entry.Key}, {entry.Value}, is above '{high}', {other}", "lower the one, or raise the other");
            }
        }
    }

    private static void NotNegative(RuleContext at, Node value, NodePath path)
    {
        if (Amount(value) is { } amount) at.Findings.Require(amount >= 0, Codes.OutOfRange, at.Item, path, "an amount is negative", "write a positive one");
    }

    private static void MillisOfBytes(RuleContext at, MappingEntry entry, NodePath path)
    {
        if (entry.Key != "cpu" && Amount(entry.Value) is { } amount)
            at.Findings.Advise(amount == decimal.Truncate(amount), Codes.BadQuantity, at.Item, path, $"{entry.Value} of {entry.Key} is a part of a byte", "write it in Mi or Gi");
    }

    private static void Extended(RuleContext at, MappingEntry entry, string part, NodePath path)
    {
        at.Findings.Require(IsExtended(entry.Key), Codes.NotAllowedValue, at.Item, path, $"'{entry.Key}' is no resource", "write cpu, memory, ephemeral-storage, or one with its domain such as nvidia.com/gpu");
        if (!IsExtended(entry.Key)) return;
        if (Amount(entry.Value) is { } amount)
            at.Findings.Require(amount == decimal.Truncate(amount), Codes.OutOfRange, at.Item, path, $"{entry.Key} comes only whole", "write a whole number");
        if (part == "requests")
            at.Findings.Require(at.Node.Mapping("limits")?.Has(entry.Key) == true, Codes.MissingField, at.Item, at.Path["limits"][entry.Key], $"{entry.Key} cannot be shared and needs a limit", "add it under 'limits' with the same number");
    }

    private static bool IsExtended(string name) => name.Contains('/', StringComparison.Ordinal) && !name.StartsWith("kubernetes.io/", StringComparison.Ordinal);

    private static bool IsPaged(string name) => name.Replace("requests.", "", StringComparison.Ordinal).Replace("limits.", "", StringComparison.Ordinal).StartsWith("hugepages-", StringComparison.Ordinal);

    private static decimal? Amount(Node node) => node is ScalarNode scalar && UnknownMarker.Find(scalar.Text) is null ? Quantity.Parse(scalar.Text) : null;
}
