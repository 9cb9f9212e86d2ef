using Slipway.Coordination.Replay;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs diff</c>.</summary>
/// <param name="diff">How the runs differ.</param>
internal sealed class RunDiffView(RunDiff diff) : IView
{
    public Node ToDocument() => JsonForms.ToDocument(diff.Write);

    public void WriteHuman(Terminal terminal) => terminal.Writer.Write(diff.ToString());
}
