using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Generation;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;
using Slipway.Templates;

namespace Slipway.Tests.Kubernetes.Generation;

/// <summary>Generates whole trees in memory.</summary>
internal static class Generate
{
    public static GenerationSession Session(PlatformModel model, GenerationPlan? plan = null, TemplateCatalogue? templates = null)
    {
        var problems = new List<Diagnostic>();
        var session = GenerationSession.Open(model, plan ?? GenerationPlan.For(model), templates ?? TemplateCatalogue.BuiltIn, problems);
        Assert.Empty(problems);
        return session!;
    }

    /// <summary>The base's files, by path.</summary>
    public static IReadOnlyDictionary<string, string> Base(PlatformModel model) => Base(Session(model));

    public static IReadOnlyDictionary<string, string> Base(GenerationSession session)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Files(session)) files.Add(file.Path, file.Content);
        return files;
    }

    /// <summary>The documents of the base with a kind.</summary>
    public static IReadOnlyList<MappingNode> Kind(PlatformModel model, string kind) =>
        [.. Files(Session(model)).SelectMany(file => file.Documents).Select(document => document.Root).OfType<MappingNode>().Where(root => root.Text("kind") == kind)];

    private static IEnumerable<GeneratedFile> Files(GenerationSession session)
    {
        foreach (var item in session.Items.Where(item => item.Paths.All(path => path.StartsWith("base/", StringComparison.Ordinal))))
        {
            var result = session.Generate(item.Id);
            Assert.Empty(result.Problems);
            foreach (var file in result.Files) yield return file;
        }
    }
}
