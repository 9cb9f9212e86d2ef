using Slipway.Kubernetes.Formats;
using Slipway.Kubernetes.Schemas;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>What an object is called.</summary>
internal static class IdentityRules
{
    public static void Check(FindingList findings, ManifestObject item, KindSchema kind)
    {
        if (item.Kind.EndsWith("List", StringComparison.Ordinal)) return;
        var path = NodePath.Of("metadata.name");
        if (item.Name.Length == 0)
        {
            if (item.Node.Mapping("metadata")?.Text("generateName") is not null) return;
            findings.Error(Codes.NoIdentity, item, path, $"the {item.Kind} has no name", "add 'metadata.name'");
            return;
        }

        if (Platform.UnknownMarker.Find(item.Name) is null)
        {
            var (valid, rule) = Rule(item);
            findings.Require(valid, Codes.BadName, item, path, $"'{item.Name}' is no name for a {item.Kind}", rule);
        }

        if (item.Namespace is not { } space) return;
        var place = NodePath.Of("metadata.namespace");
        if (!kind.Namespaced && (item.Origin ?? item).Namespace is not null)
            findings.Warning(Codes.NamespaceOnClusterKind, item, place, $"a {item.Kind} belongs to no namespace; the server drops it", "remove 'namespace'");
        else if (kind.Namespaced)
            findings.Require(Names.IsLabel(space), Codes.BadName, item, place, $"'{space}' is no name for a namespace", "use lower case letters, digits and '-', at most 63, starting and ending with a letter or digit");
    }

    private static (bool Valid, string Rule) Rule(ManifestObject item)
    {
        const string Label = "use lower case letters, digits and '-', at most 63, starting and ending with a letter or digit";
        return item.Kind switch
        {
            "Role" or "ClusterRole" or "RoleBinding" or "ClusterRoleBinding" => (Names.IsPathSegment(item.Name), "use no '/' and no '%'"),
            "Service" => (Names.IsLabel(item.Name) && char.IsAsciiLetterLower(item.Name[0]), "use lower case letters, digits and '-', at most 63, starting with a letter"),
            "Namespace" => (Names.IsLabel(item.Name), Label),
            "CronJob" => (Names.IsSubdomain(item.Name) && item.Name.Length <= 52, "use lower case letters, digits, '-' and '.', at most 52, since Jobs add 11 to it"),
            "StatefulSet" => (Names.IsLabel(item.Name), Label),
            _ => (Names.IsSubdomain(item.Name), "use lower case letters, digits, '-' and '.', at most 253, starting and ending with a letter or digit"),
        };
    }
}
