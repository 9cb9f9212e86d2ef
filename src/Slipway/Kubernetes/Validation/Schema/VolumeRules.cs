using Slipway.Documents;
using Slipway.Kubernetes.Formats;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Volumes of pods, persistent volumes, claims.</summary>
internal static class VolumeRules
{
    public static void Volume(RuleContext at)
    {
        if (at.Node.Text("name") is { } name)
            at.Require(Names.IsLabel(name), Codes.BadName, "name", $"'{name}' is no name for a volume", "use lower case letters, digits and '-', at most 63");
        var sources = at.Node.Where(entry => entry.Key != "name").Select(entry => entry.Key).ToArray();
        at.RequireOne(false, sources);
    }

    public static void Mount(RuleContext at) => at.RequireOne(false, "subPath", "subPathExpr");

    public static void Secret(RuleContext at) =>
        at.Require(at.Node.Text("secretName") is { Length: > 0 }, Codes.MissingField, "secretName", "the volume names no Secret", "add 'secretName'");

    public static void EmptyDirectory(RuleContext at)
    {
        if (Amount(at.Node["sizeLimit"]) is { } limit) at.Require(limit >= 0, Codes.OutOfRange, "sizeLimit", "an amount is negative", "write a positive one");
    }

    public static void Persistent(RuleContext at)
    {
        at.Require(at.Node.Mapping("capacity")?.Has("storage") == true, Codes.MissingField, "capacity", "the volume says nothing of its size", "add 'capacity.storage'");
        Modes(at, "the volume");
    }

    public static void Claim(RuleContext at)
    {
        Modes(at, "the claim");
        var storage = at.Node.Mapping("resources")?.Mapping("requests")?["storage"];
        at.Require(storage is not null, Codes.MissingField, "resources", "the claim asks for no storage", "add 'resources.requests.storage'");
        if (Amount(storage) is { } amount)
            at.Findings.Require(amount > 0, Codes.OutOfRange, at.Item, at.Path["resources"]["requests"]["storage"], "the claim asks for no storage", "write how much it needs");
    }

    private static void Modes(RuleContext at, string what)
    {
        var modes = (at.Node.Sequence("accessModes") ?? []).OfType<ScalarNode>().Select(mode => mode.Text).ToList();
        at.Require(modes.Count > 0, Codes.MissingField, "accessModes", $"{what} has no access mode", "add 'accessModes: [ReadWriteOnce]'");
        at.Require(modes.Count < 2 || !modes.Contains("ReadWriteOncePod", StringComparer.Ordinal), Codes.BadCombination, "accessModes", "ReadWriteOncePod excludes other access modes", "remove it, or the others");
    }

    private static decimal? Amount(Node? node) => node is ScalarNode scalar ? Quantity.Parse(scalar.Text) : null;
}
