using System.Text;
using System.Text.Json;
using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Secrets: which keys their type asks for.</summary>
internal static class SecretRules
{
    public static void Secret(RuleContext at)
    {
        MetadataRules.DataKeys(at);
        switch (at.Node.Text("type"))
        {
            case "kubernetes.io/tls":
                Need(at, "tls.crt");
                Need(at, "tls.key");
                break;
            case "kubernetes.io/ssh-auth":
                Need(at, "ssh-privatekey");
                break;
            case "kubernetes.io/basic-auth":
                at.Require(Has(at, "username") || Has(at, "password"), Codes.MissingField, "data", "a Secret of this type needs 'username' or 'password'", "add one of the keys, or remove 'type'");
                break;
            case "kubernetes.io/dockerconfigjson":
                Need(at, ".dockerconfigjson");
                Json(at, ".dockerconfigjson");
                break;
            case "kubernetes.io/dockercfg":
                Need(at, ".dockercfg");
                Json(at, ".dockercfg");
                break;
            case "kubernetes.io/service-account-token":
                at.Require(
                    at.Node.Mapping("metadata")?.Mapping("annotations")?.Has("kubernetes.io/service-account.name") == true,
                    Codes.MissingField,
                    "metadata",
                    "the token names no ServiceAccount",
                    "add the annotation 'kubernetes.io/service-account.name'");
                break;
        }
    }

    private static bool Has(RuleContext at, string key) => at.Node.Mapping("data")?.Has(key) == true || at.Node.Mapping("stringData")?.Has(key) == true;

    private static void Need(RuleContext at, string key) =>
        at.Require(Has(at, key), Codes.MissingField, "data", $"a Secret of type {at.Node.Text("type")} needs the key '{key}'", "add it under 'data' or 'stringData', or remove 'type'");

    private static void Json(RuleContext at, string key)
    {
        var plain = at.Node.Mapping("stringData")?.Text(key);
        if (plain is null && at.Node.Mapping("data")?.Text(key) is { } encoded)
        {
            var bytes = new byte[encoded.Length];
            plain = Convert.TryFromBase64String(encoded, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
        }

        if (plain is null || Platform.UnknownMarker.Find(plain) is not null) return;
        at.Findings.Require(IsJson(plain), Codes.BadEncoding, at.Item, at.Path[at.Node.Mapping("stringData")?.Has(key) == true ? "stringData" : "data"][key], $"the value of '{key}' is not JSON", "write {\"auths\": {}} and fill it in the cluster");
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
