using Slipway.Actions;
using Slipway.Cli.Views.Runs;
using Slipway.Cli.Views.Validation;
using Slipway.Coordination.Runs;
using Slipway.Documents;
using Slipway.Kubernetes.Ownership;

namespace Slipway.Cli.Views.Platform;

/// <summary>What came of <c>up</c>, <c>context</c> and <c>generate</c>.</summary>
/// <param name="outcome">The outcome.</param>
/// <param name="paths">Shows paths as the user would name them.</param>
internal sealed class PlatformView(PlatformOutcome outcome, ShownPaths paths) : IView
{
    private readonly RepositorySummary? _summary = outcome.Platform is { } platform && outcome.Publication is not null ? RepositorySummary.Of(platform) : null;

    public Node ToDocument()
    {
        var document = new MappingNode();
        if (outcome.Run is { } run) document.Add("run", RunSummary.ToDocument(run, lease: null));
        if (outcome.Platform is { } platform) document.Add("workspace", platform.Paths.Workspace);
        if (outcome.Context is { } context) document.Add("context", ChangeCounts.ToDocument(context));
        if (outcome.Repository is { } repository) document.Add("repository", ChangeCounts.ToDocument(repository));
        if (_summary is not null) AddSummary(document, _summary);
        if (outcome.Verification is { } verification) document.Add("verification", new ValidationView(verification, "").ToDocument());
        document.Add("diagnostics", DiagnosticDocument.From(outcome.Problems));
        if (Next() is { } next) document.Add("next", next);
        return document;
    }

    public void WriteHuman(Terminal terminal)
    {
        if (outcome.Platform is not { } platform) return;
        if (outcome.Context is { } context) ChangeCounts.Write(terminal, paths.Show(platform.Paths.Context), context);
        if (outcome.Repository is { } repository) ChangeCounts.Write(terminal, paths.Show(platform.Paths.Manifests), repository);
        if (_summary is { } summary) WriteSummary(terminal, summary);
        if (outcome.Verification is { } verification)
        {
            terminal.Line();
            new ValidationView(verification, paths.Show(platform.Paths.Manifests)).WriteHuman(terminal);
        }

        if (Next() is { } next) terminal.Line($"\nNext: {next}");
    }

    private static void AddSummary(MappingNode document, RepositorySummary summary)
    {
        var objects = new MappingNode();
        foreach (var (kind, count) in summary.Objects) objects.Add(kind, ScalarNode.Of(count));
        document.Add("objects", objects);
        var unknowns = new MappingNode();
        foreach (var (name, files) in summary.Unknowns) unknowns.Add(name, new SequenceNode(files.Select(file => ScalarNode.Of(file))));
        document.Add("unknown", unknowns);
        var secrets = new MappingNode();
        foreach (var secret in summary.SecretsToFill) secrets.Add(secret.Name, new SequenceNode(secret.Keys.Select(key => ScalarNode.Of(key.Name))));
        document.Add("secretsToFill", secrets);
        document.Add("unusedRepositories", new SequenceNode(summary.UnusedRepositories.Select(name => ScalarNode.Of(name))));
    }

    private static void WriteSummary(Terminal terminal, RepositorySummary summary)
    {
        terminal.Line();
        terminal.Line($"base:      {string.Join(", ", summary.Objects.Select(entry => $"{entry.Value} {entry.Key}"))}");
        terminal.Line($"overlays:  {string.Join(", ", summary.Environments)}");
        foreach (var secret in summary.SecretsToFill)
        {
            terminal.Line(terminal.Yellow($"to fill:   secret {secret.Name}: {string.Join(", ", secret.Keys.Select(key => key.Name))} (docs/secrets-management.md)"));
        }

        foreach (var name in summary.UnusedRepositories) terminal.Line($"unused:    image repository {name}");

        foreach (var (name, files) in summary.Unknowns)
        {
            terminal.Line(terminal.Yellow($"unknown:   {name} in {string.Join(", ", files)}"));
        }
    }

    // One line that says what to do now.
    private string? Next()
    {
        if (outcome.Platform is not { } platform) return null;
        var manifests = paths.Show(platform.Paths.Manifests);
        if (outcome.HasConflicts) return $"compare each *.slipway-new file below {manifests} with the file beside it, then delete it";
        if (outcome.Run is { Status: RunStatus.Paused or RunStatus.Running } open) return $"slipway runs resume {open.RunId}{paths.DirectoryFlag}";
        if (outcome.Run is { Status: RunStatus.Cancelled }) return "it was cancelled: run this again for a new run";
        if (outcome.Run is { Status: not RunStatus.Succeeded } || outcome.Verification is { Succeeded: false })
            return _summary is { Unknowns.Count: > 0 } ? "make the unknown values known in Terraform or in slipway.yaml, then run this again" : "mend what was found, then run this again";
        if (outcome.Verification is not null) return $"read {manifests}/docs/deployment-guide.md";
        if (outcome.Publication is not null) return $"slipway validate {manifests}";
        return outcome.Context is null ? null : $"slipway generate{paths.DirectoryFlag}{paths.OutFlag(platform.Options.Out)}";
    }
}
