using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Workloads;

/// <summary>Volumes and their mounts as nodes. The root file system is read-only, so each writable path is a volume, and <c>/tmp</c> always is one.</summary>
internal sealed class VolumeNodes
{
    private readonly ToolCall _call;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public VolumeNodes(Workload workload, ToolCall call)
    {
        _call = call;
        foreach (var volume in workload.Volumes) AddNeed(workload, volume);
        foreach (var path in workload.WritablePaths) AddWritable(path);
        var mounted = workload.WritablePaths.Concat(workload.Volumes.Select(volume => volume.MountPath));
        if (!mounted.Any(path => path is { IsUnknown: false, Content: "/tmp" or "/tmp/" })) AddWritable(Value.Default("/tmp", "writable /tmp beside a read-only root"));
    }

    public SequenceNode Volumes { get; } = [];

    public SequenceNode Mounts { get; } = [];

    /// <summary>The claim of a volume that outlives its pod.</summary>
    public static string ClaimName(Workload workload, VolumeNeed volume) => $"{workload.Name}-{volume.Name}";

    private void AddNeed(Workload workload, VolumeNeed need)
    {
        _names.Add(need.Name);
        var name = ScalarNode.Of(need.Name, workload.Source);
        var volume = new MappingNode().Add("name", name);
        switch (need)
        {
            case VolumeNeed.EmptyDir scratch:
                var emptyDir = new MappingNode();
                if (scratch.SizeLimit is { } limit) emptyDir.Add("sizeLimit", _call.Node(limit));
                volume.Add("emptyDir", emptyDir);
                break;
            case VolumeNeed.ConfigMap map:
                volume.Add("configMap", new MappingNode().Add("name", ScalarNode.Of(map.ConfigMapName, workload.Source)));
                break;
            case VolumeNeed.Secret secret:
                volume.Add("secret", new MappingNode().Add("secretName", ScalarNode.Of(secret.SecretName, workload.Source)));
                break;
            default:
                volume.Add("persistentVolumeClaim", new MappingNode().Add("claimName", ScalarNode.Of(ClaimName(workload, need), workload.Source)));
                break;
        }

        Volumes.Add(volume);
        var mount = new MappingNode().Add("name", name).Add("mountPath", _call.Node(need.MountPath));
        if (need.ReadOnly) mount.Add("readOnly", ScalarNode.Of(true, workload.Source));
        Mounts.Add(mount);
    }

    private void AddWritable(Value<string> path)
    {
        var name = ScalarNode.Of(FreeName(path), path.Source);
        Volumes.Add(new MappingNode().Add("name", name).Add("emptyDir", new MappingNode()));
        Mounts.Add(new MappingNode().Add("name", name).Add("mountPath", _call.Node(path)));
    }

    /// <summary>A DNS label of the path: <c>/var/cache/nginx</c> becomes <c>var-cache-nginx</c>.</summary>
    private string FreeName(Value<string> path)
    {
        var text = path.IsUnknown ? "writable" : path.Content;
        var letters = text.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-').ToArray();
        var name = string.Join('-', new string(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        if (name.Length == 0) name = "writable";
        if (name.Length > 50) name = name[^50..].TrimStart('-');
        var free = name;
        for (var number = 2; !_names.Add(free); number++) free = $"{name}-{number}";
        return free;
    }
}
