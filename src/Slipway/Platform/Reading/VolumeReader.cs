using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Reads <c>volumes</c> and <c>writablePaths</c>.</summary>
internal static class VolumeReader
{
    private static readonly string[] Kinds = ["emptyDir", "configMap", "secret", "claim"];

    private static readonly string[] AccessModes = ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

    /// <summary>Reads the volumes of a workload.</summary>
    public static IReadOnlyList<VolumeNeed> Read(MappingReader service)
    {
        var volumes = new List<VolumeNeed>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in service.Mappings("volumes", InventoryFields.Volume))
        {
            if (ReadVolume(item) is not { } volume) continue;
            if (!names.Add(volume.Name)) item.Report(InventoryCodes.DuplicateName, "name", $"two volumes are called '{volume.Name}'", "give each volume a name of its own");
            volumes.Add(volume);
        }

        return volumes;
    }

    /// <summary>
    /// The writable paths of a workload: <c>/tmp</c> (unless a volume is mounted there) and what it declares, or else its tier.
    /// <c>writablePaths: false</c> means none at all.
    /// </summary>
    public static IReadOnlyList<Value<string>> ReadWritablePaths(MappingReader service, TierDefaults defaults, IReadOnlyList<VolumeNeed> volumes)
    {
        if (service.Get("writablePaths") is ScalarNode { Kind: ScalarKind.Boolean, Text: "false" }) return [];
        var paths = service.Has("writablePaths") ? service.Texts("writablePaths", NameRules.AbsolutePath).ToList() : [.. defaults.WritablePaths];
        var taken = volumes.Select(volume => volume.MountPath.ToString()).ToHashSet(StringComparer.Ordinal);
        if (!taken.Contains(TierDefaults.TemporaryPath) && !paths.Exists(path => path.ToString() == TierDefaults.TemporaryPath))
            paths.Insert(0, Value.Default(TierDefaults.TemporaryPath, "read-only root file system"));
        foreach (var path in paths.Where(path => !taken.Add(path.ToString())))
            service.Scope.Report(InventoryCodes.DuplicateName, path.Source.Place ?? service.Place, $"something is mounted at '{path}' already", "remove one of the two");
        return paths;
    }

    private static VolumeNeed? ReadVolume(MappingReader item)
    {
        var name = item.RequiredText("name", NameRules.DnsLabel);
        var path = item.RequiredText("mountPath", NameRules.AbsolutePath);
        var readOnly = item.Boolean("readOnly");
        var given = Array.FindAll(Kinds, item.Has);
        if (given.Length != 1)
        {
            item.Scope.Report(
                InventoryCodes.ExcludeEachOther,
                item.Place,
                given.Length == 0 ? "the volume does not say what it is" : $"{string.Join(" and ", given)} exclude each other",
                $"give one of {string.Join(", ", Kinds)}");
            return null;
        }

        if (name is null || path is null) return null;
        return given[0] switch
        {
            "emptyDir" => new VolumeNeed.EmptyDir(item.Mapping("emptyDir", InventoryFields.EmptyDir)?.Text("sizeLimit", AmountRules.Memory))
            {
                Name = name.Content,
                MountPath = path,
                ReadOnly = readOnly ?? false,
            },
            "configMap" => item.Text("configMap", NameRules.SharedName) is { } map
                ? new VolumeNeed.ConfigMap(map.Content) { Name = name.Content, MountPath = path, ReadOnly = readOnly ?? true }
                : null,
            "secret" => item.Text("secret", NameRules.SharedName) is { } secret
                ? new VolumeNeed.Secret(secret.Content) { Name = name.Content, MountPath = path, ReadOnly = readOnly ?? true }
                : null,
            _ => ReadClaim(item, name.Content, path, readOnly ?? false),
        };
    }

    private static VolumeNeed.PersistentClaim? ReadClaim(MappingReader item, string name, Value<string> path, bool readOnly)
    {
        if (item.Mapping("claim", InventoryFields.Claim) is not { } claim || claim.RequiredText("size", AmountRules.Memory) is not { } size) return null;
        var mode = claim.Text("accessMode", AccessMode) ?? Value.Default("ReadWriteOnce", "volume claim");
        return new VolumeNeed.PersistentClaim(size, claim.Text("storageClass", NameRules.DnsSubdomain), mode) { Name = name, MountPath = path, ReadOnly = readOnly };
    }

    private static string? AccessMode(string text) =>
        AccessModes.Contains(text, StringComparer.Ordinal) ? null : $"is no access mode ({string.Join(", ", AccessModes)})";
}
