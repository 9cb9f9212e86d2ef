using System.Globalization;
using Slipway.Documents;
using Slipway.Storage.Sqlite;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs prune</c>: <c>{removed[], freedBytes, dryRun}</c>.</summary>
/// <param name="result">What went.</param>
/// <param name="isDryRun">True when nothing went yet.</param>
internal sealed class PruneView(PruneResult result, bool isDryRun) : IView
{
    public Node ToDocument() => new MappingNode()
        .Add("removed", new SequenceNode(result.RemovedRuns.Select(id => ScalarNode.Of(id))))
        .Add("freedBytes", ScalarNode.Of(result.FreedBytes))
        .Add("dryRun", ScalarNode.Of(isDryRun));

    public void WriteHuman(Terminal terminal)
    {
        foreach (var id in result.RemovedRuns) terminal.Line(id);
        var count = result.RemovedRuns.Count == 1 ? "1 run" : $"{result.RemovedRuns.Count} runs";
        terminal.Line(isDryRun ? $"{count} would be removed." : string.Create(CultureInfo.InvariantCulture, $"{count} removed, {result.FreedBytes / 1024.0:0} KiB freed."));
    }
}
