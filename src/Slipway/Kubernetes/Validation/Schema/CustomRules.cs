using System.Text.RegularExpressions;
using Slipway.Documents;
using Slipway.Kubernetes.Formats;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>External Secrets, Argo CD, Kustomize.</summary>
internal static partial class CustomRules
{
    public static void ExternalSecret(RuleContext at)
    {
        at.Require(at.Node.Has("data") || at.Node.Has("dataFrom"), Codes.MissingField, "data", "the ExternalSecret fetches nothing", "add 'data' or 'dataFrom'");
        at.RequireUnique("data", "secretKey", "key");
        if (at.Node.Text("refreshInterval") is { } interval)
            at.Require(Duration().IsMatch(interval), Codes.OutOfRange, "refreshInterval", $"'{interval}' is no span of time", "write it as 1h or 15m0s");
        var data = at.Node.Sequence("data") ?? [];
        for (var index = 0; index < data.Count; index++)
        {
            if ((data[index] as MappingNode)?.Text("secretKey") is { } key)
                at.Findings.Require(Names.IsDataKey(key), Codes.BadKey, at.Item, at.Path["data"][index]["secretKey"], $"'{key}' is no key", "use letters, digits, '-', '_' and '.'");
        }
    }

    public static void Source(RuleContext at) =>
        at.Require(at.Node.Has("path") || at.Node.Has("chart") || at.Node.Has("ref"), Codes.MissingField, "path", "the source names neither a folder nor a chart", "add 'path' or 'chart'");

    public static void StoreProvider(RuleContext at) => at.RequireOne(true, [.. at.Node.Select(entry => entry.Key)]);

    public static void Application(RuleContext at)
    {
        if (!at.Node.Has("sourceHydrator")) at.RequireOne(true, "source", "sources");
        if (at.Node.Mapping("destination") is not { } destination) return;
        at.Require(destination.Has("server") != destination.Has("name"), Codes.ExclusiveFields, "destination", "a destination has either 'server' or 'name'", "keep exactly one of the two");
    }

    public static void Patch(RuleContext at) => at.RequireOne(true, "path", "patch");

    [GeneratedRegex(@"^(0|(\d+(\.\d+)?(ns|us|ms|s|m|h))+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();
}
