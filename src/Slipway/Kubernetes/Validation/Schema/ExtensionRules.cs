using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Webhooks and definitions of custom kinds.</summary>
internal static class ExtensionRules
{
    public static void Webhook(RuleContext at)
    {
        if (at.Node.Text("sideEffects") is "Some" or "Unknown")
            at.Require(false, Codes.NotAllowedValue, "sideEffects", "a webhook of v1 may have no side effects", "write 'None' or 'NoneOnDryRun'");
    }

    public static void WebhookClient(RuleContext at)
    {
        if (at.Node.Text("url") is { } url)
            at.Require(url.StartsWith("https://", StringComparison.Ordinal), Codes.NotAllowedValue, "url", "a webhook is called by HTTPS only", "write an address that begins with 'https://'");
    }

    public static void Definition(RuleContext at)
    {
        if (at.Node.Mapping("spec") is not { } spec) return;
        if (spec.Text("group") is { } group && spec.Mapping("names")?.Text("plural") is { } plural && at.Item.Name.Length > 0)
            at.Findings.Require(at.Item.Name == $"{plural}.{group}", Codes.BadName, at.Item, at.Path["metadata"]["name"], $"the definition is called '{at.Item.Name}'", $"call it '{plural}.{group}'");
        var versions = spec.Sequence("versions") ?? [];
        var path = at.Path["spec"]["versions"];
        for (var index = 0; index < versions.Count; index++)
        {
            if (versions[index] is MappingNode version)
                at.Findings.Require(version.Mapping("schema")?.Has("openAPIV3Schema") == true, Codes.MissingField, at.Item, path[index]["schema"], "the version has no schema", "add 'schema.openAPIV3Schema'");
        }

        var stored = versions.OfType<MappingNode>().Count(version => version.Text("storage") == "true");
        if (versions.Count > 0) at.Findings.Require(stored == 1, Codes.BadCombination, at.Item, path, $"{stored} versions are stored, and it must be one", "write 'storage: true' in exactly one version");
    }
}
