using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_kustomization</c>: the base's list of files and the images transformer.</summary>
internal sealed class KustomizationTool : IGenerationTool
{
    public const string ImageCode = "SLW2005";

    private const string Folder = "base/";
    private const string File = $"{Folder}kustomization.yaml";

    public string Name => "generate_kustomization";

    public string Description => "Makes the base's kustomization: every file that the plan makes, and where the images come from.";

    public IReadOnlyList<ToolParameter> Parameters { get; } = [];

    public IReadOnlyList<GeneratedFile> Run(ToolCall call)
    {
        var resources =
            from item in call.Items
            from path in item.Paths
            where path.StartsWith(Folder, StringComparison.Ordinal) && path.EndsWith(".yaml", StringComparison.Ordinal) && path != File
            select ScalarNode.Of(path[Folder.Length..], Provenance.Derived($"generation plan, level {item.Level}"));
        var values = new MappingNode()
            .Add("namespace", call.Node(call.Model.Facts.Project.Namespace))
            .Add("resources", new SequenceNode(resources))
            .Add("images", Images(call));
        return [GeneratedFile.Yaml(File, call.Render("kustomization", values))];
    }

    private static SequenceNode Images(ToolCall call)
    {
        var images = new SequenceNode();
        var byName = new Dictionary<string, Workload>(StringComparer.Ordinal);
        foreach (var workload in call.Model.Inventory.Workloads)
        {
            var image = workload.Image;
            var name = call.Node(image.Name);
            if (!byName.TryAdd(name.Text, workload))
            {
                if (!SameSource(byName[name.Text].Image, image)) call.Problems.Add(Conflict(name.Text, byName[name.Text], workload));
                continue;
            }

            var node = new MappingNode().Add("name", name).Add("repository", call.Node(image.Repository));
            if (image.Digest is { } digest) node.Add("digest", call.Node(digest));
            else if (image.Tag is { } tag) node.Add("tag", call.Node(tag));
            else node.Add("tag", call.Node(Value.Unknown<string>($"services.{workload.Name}.image.tag", workload.Source)));
            images.Add(node);
        }

        return images;
    }

    private static bool SameSource(ImageReference one, ImageReference other) =>
        one.Repository.ToString() == other.Repository.ToString() && one.Tag?.ToString() == other.Tag?.ToString() && one.Digest?.ToString() == other.Digest?.ToString();

    private static Diagnostic Conflict(string name, Workload one, Workload other) => new()
    {
        Code = ImageCode,
        Summary = $"the image name '{name}' stands for different images in {one.Name} and {other.Name}",
        Place = other.Image.Name.Source.Place ?? other.Source.Place,
        Fix = "give one of the two images another name",
    };
}
