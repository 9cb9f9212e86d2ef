using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>Which keys a ConfigMap or a Secret has.</summary>
internal static class KeySource
{
    /// <summary>The annotation of a generated object whose keys are read from files that are not looked into.</summary>
    public const string OpenKeys = "slipway.dev/keys";

    /// <summary>Finds a ConfigMap.</summary>
    /// <returns>Whether it is there, and its keys; null keys are not known.</returns>
    public static (bool Found, HashSet<string>? Keys) ConfigMap(Scope scope, string name, string? space) =>
        scope.Find("ConfigMap", name, space) is { } found ? (true, KeysOf(found, "data", "binaryData")) : (name is "kube-root-ca.crt" or "istio-ca-root-cert" or "openshift-service-ca.crt", null);

    /// <summary>Finds a Secret, or what makes one: an ExternalSecret, a SealedSecret, a Certificate.</summary>
    /// <returns>Whether it is there, and its keys; null keys are not known.</returns>
    public static (bool Found, HashSet<string>? Keys) Secret(Scope scope, string name, string? space)
    {
        if (scope.Find("Secret", name, space) is { } secret) return (true, KeysOf(secret, "data", "stringData"));
        foreach (var item in scope.Objects)
        {
            if (!Scope.SameNamespace(item.Namespace, space)) continue;
            switch (item.Kind)
            {
                case "ExternalSecret" when (item.Spec?.Mapping("target")?.Text("name") ?? item.Name) == name:
                    return (true, ExternalKeys(item));
                case "SealedSecret" when item.Name == name:
                    return (true, (item.Spec?.Mapping("encryptedData") ?? []).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal));
                case "Certificate" when item.Spec?.Text("secretName") == name:
                    return (true, ["tls.crt", "tls.key", "ca.crt"]);
            }
        }

        return (false, null);
    }

    private static HashSet<string>? KeysOf(ManifestObject item, params ReadOnlySpan<string> fields)
    {
        if (item.Node.Mapping("metadata")?.Mapping("annotations")?.Has(OpenKeys) == true) return null;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            foreach (var entry in item.Node.Mapping(field) ?? []) keys.Add(entry.Key);
        }

        return keys;
    }

    private static HashSet<string>? ExternalKeys(ManifestObject item)
    {
        var template = item.Spec?.Mapping("target")?.Mapping("template");
        if (template?.Has("templateFrom") == true) return null;
        var keys = new HashSet<string>(StringComparer.Ordinal);
        if (template?.Mapping("data") is { } data)
        {
            foreach (var entry in data) keys.Add(entry.Key);
            if (template.Text("mergePolicy") != "Merge") return keys;
        }

        if (item.Spec?.Has("dataFrom") == true) return null;
        foreach (var entry in (item.Spec?.Sequence("data") ?? []).OfType<MappingNode>())
        {
            if (entry.Text("secretKey") is { } key) keys.Add(key);
        }

        return keys;
    }
}
