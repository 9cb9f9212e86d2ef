using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>External Secrets, Argo CD, Kustomize.</summary>
internal static class CustomRules
{
    public static void ExternalSecret(RuleContext at)
    {
        at.Require(at.Node.Has("data") || at.Node.Has("dataFrom"), Codes.MissingField, "data", "the ExternalSecret fetches nothing", "add 'data' or 'dataFrom'");
        at.RequireUnique("data", "secretKey", "key");
    }

    public static void StoreProvider(RuleContext at) => at.RequireOne(true, [.. at.Node.Select(entry => entry.Key)]);

    public static void Application(RuleContext at)
    {
        if (!at.Node.Has("sourceHydrator")) at.RequireOne(true, "source", "sources");
        if (at.Node.Mapping("destination") is not { } destination) return;
        at.Require(destination.Has("server") != destination.Has("name"), Codes.ExclusiveFields, "destination", "a destination has either 'server' or 'name'", "keep exactly one of the two");
    }

    public static void Patch(RuleContext at) => at.RequireOne(true, "path", "patch");
}
