using Slipway.Actions;
using Slipway.Documents;

namespace Slipway.Cli.Views.Platform;

/// <summary><c>--dry-run</c> and <c>--check</c>: what would be written, as a unified diff, and in numbers.</summary>
/// <param name="outcome">What was found out.</param>
/// <param name="paths">Shows paths as the user would name them.</param>
/// <param name="withDiff">True to print the diff.</param>
internal sealed class DiffView(PlatformOutcome outcome, ShownPaths paths, bool withDiff) : IView
{
    public Node ToDocument()
    {
        var document = new MappingNode();
        if (outcome.Context is { } context) document.Add("context", ChangeCounts.ToDocument(context));
        if (outcome.Repository is { } repository) document.Add("repository", ChangeCounts.ToDocument(repository));
        document.Add("changes", ScalarNode.Of(outcome.IsDrift));
        if (withDiff) document.Add("diff", Diff());
        return document.Add("diagnostics", DiagnosticDocument.From(outcome.Problems));
    }

    public void WriteHuman(Terminal terminal)
    {
        if (outcome.Platform is not { } platform) return;
        if (withDiff) terminal.Writer.Write(Diff());
        if (outcome.Context is { } context) ChangeCounts.Write(terminal, paths.Show(platform.Paths.Context), context);
        if (outcome.Repository is { } repository) ChangeCounts.Write(terminal, paths.Show(platform.Paths.Manifests), repository);
    }

    private string Diff() => outcome.Context?.Diff() + outcome.Repository?.Diff();
}
