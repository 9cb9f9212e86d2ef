using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary>The recommended labels of Kubernetes (<c>app.kubernetes.io/…</c>).</summary>
internal static class Labels
{
    public const string Name = "app.kubernetes.io/name";
    public const string Instance = "app.kubernetes.io/instance";
    public const string Version = "app.kubernetes.io/version";
    public const string Component = "app.kubernetes.io/component";
    public const string PartOf = "app.kubernetes.io/part-of";
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    private const int MaximumLength = 63;

    /// <summary>The labels of a workload and of what belongs to it.</summary>
    public static MappingNode Of(Workload workload, ToolCall call)
    {
        var labels = Selector(workload, call);
        if (workload.Image.Tag is { IsUnknown: false } tag && AsLabel(tag.Content) is { } version) labels.Add(Version, ScalarNode.Of(version, tag.Source));
        labels.Add(Component, ScalarNode.Of(workload.Tier, workload.Source));
        return AddShared(labels, call);
    }

    /// <summary>The labels that a workload's pods are found by; they never change.</summary>
    public static MappingNode Selector(Workload workload, ToolCall call) => new MappingNode()
        .Add(Name, ScalarNode.Of(workload.Name, workload.Source))
        .Add(Instance, InstanceOf(call));

    /// <summary>The labels of what the whole platform shares.</summary>
    public static MappingNode Shared(ToolCall call) => AddShared(new MappingNode().Add(Instance, InstanceOf(call)), call);

    private static MappingNode AddShared(MappingNode labels, ToolCall call) => labels
        .Add(PartOf, call.Node(call.Model.Facts.Project.Name))
        .Add(ManagedBy, ScalarNode.Of("slipway", Provenance.Default("managed-by")));

    private static ScalarNode InstanceOf(ToolCall call)
    {
        var (name, environment) = (call.Model.Facts.Project.Name, call.Model.Facts.Project.Environment);
        if (!ValueNodes.IsWritable(name, call.Item, call.Problems)) return call.Node(name);
        if (!ValueNodes.IsWritable(environment, call.Item, call.Problems)) return call.Node(environment);
        var text = AsLabel($"{name.Content}-{environment.Content}") ?? name.Content;
        return ScalarNode.Of(text, Provenance.Derived("project name and environment") with { Place = name.Source.Place });
    }

    /// <summary>A text as a label's value: cut to 63 characters, with letters or digits at both ends; null when nothing is left or a character is not allowed.</summary>
    public static string? AsLabel(string text)
    {
        var cut = (text.Length > MaximumLength ? text[..MaximumLength] : text).Trim('-', '_', '.');
        return cut.Length > 0 && cut.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.') ? cut : null;
    }
}
