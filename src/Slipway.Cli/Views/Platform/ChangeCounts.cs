using Slipway.Documents;
using Slipway.Kubernetes.Ownership;

namespace Slipway.Cli.Views.Platform;

/// <summary>What happened to the files of a folder, in numbers and, where a person should know, by name.</summary>
internal static class ChangeCounts
{
    private static readonly ChangeKind[] Named =
        [ChangeKind.Merged, ChangeKind.Kept, ChangeKind.Conflicted, ChangeKind.Restored, ChangeKind.Adopted, ChangeKind.Removed, ChangeKind.Released];

    /// <summary><c>{files, created, updated, …, paths{merged[], kept[], …}}</c>.</summary>
    public static MappingNode ToDocument(PublishPlan plan)
    {
        var document = new MappingNode().Add("files", ScalarNode.Of(plan.Changes.Count));
        foreach (var kind in Enum.GetValues<ChangeKind>()) document.Add(Name(kind), ScalarNode.Of(plan.Count(kind)));
        var paths = new MappingNode();
        foreach (var kind in Named)
        {
            if (plan.Count(kind) > 0) paths.Add(Name(kind), new SequenceNode(Paths(plan, kind).Select(path => ScalarNode.Of(path))));
        }

        return document.Add("paths", paths);
    }

    /// <summary>One line of numbers, then a line for each file that was not simply written.</summary>
    public static void Write(Terminal terminal, string folder, PublishPlan plan)
    {
        var counts = Enum.GetValues<ChangeKind>().Where(kind => plan.Count(kind) > 0).Select(kind => $"{plan.Count(kind)} {Name(kind)}");
        terminal.Line($"{terminal.Bold(folder)}: {string.Join(", ", counts)}");
        foreach (var kind in Named)
        {
            foreach (var path in Paths(plan, kind)) terminal.Line($"  {Name(kind)}: {path}");
        }
    }

    private static IEnumerable<string> Paths(PublishPlan plan, ChangeKind kind) => plan.Changes.Where(change => change.Kind == kind).Select(change => change.Path);

    private static string Name(ChangeKind kind) => kind.ToString().ToLowerInvariant();
}
