using Slipway.Kubernetes.Generation.Overlays;

namespace Slipway.Kubernetes.Generation.Iam;

/// <summary>All files below <c>iam/</c>.</summary>
internal static class IamFiles
{
    /// <summary>The paths, known before anything is made.</summary>
    public static IReadOnlyList<string> Paths(PlatformText platform) => [.. Build(platform).Select(file => file.Path)];

    /// <summary>The files, ordered by path.</summary>
    public static IReadOnlyList<GeneratedFile> Build(PlatformText platform)
    {
        var roles = IamRoles.Of(platform);
        if (roles.Count == 0) return [];
        var files = new List<GeneratedFile>
        {
            GeneratedFile.PlainText("iam/create-roles.sh", IamScript.Write(platform, roles)),
            GeneratedFile.PlainText("iam/terraform/main.tf", IamTerraform.Write(platform, roles)),
        };
        foreach (var role in roles) files.Add(GeneratedFile.PlainText($"iam/trust-policies/{role.FileName}.json", IamDocuments.Trust(platform, role)));
        foreach (var policy in roles.SelectMany(role => role.Policies).Distinct(StringComparer.Ordinal))
        {
            var text = (policy, platform.Model.Facts.Storage) switch
            {
                (IamRoles.SecretsPolicy, _) => IamDocuments.Secrets(platform),
                (IamRoles.StorageReadPolicy, { } storage) => IamDocuments.Storage(platform, storage, write: false),
                (IamRoles.StorageWritePolicy, { } storage) => IamDocuments.Storage(platform, storage, write: true),
                _ => null,
            };
            if (text is not null) files.Add(GeneratedFile.PlainText($"iam/policies/{policy}", text));
        }

        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }
}
