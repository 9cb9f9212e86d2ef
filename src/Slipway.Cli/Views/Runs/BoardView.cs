using System.Globalization;
using System.Text.Json;
using Slipway.Coordination.Board;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs board</c>: state, gates and signals of a run.</summary>
/// <param name="board">The board.</param>
/// <param name="mostSignals">At most so many of the newest signals.</param>
internal sealed class BoardView(RecordedBoard board, int mostSignals) : IView
{
    private const int LongestValue = 80;

    private readonly List<Signal> _signals = [.. board.GetSignals(new SignalHistoryQuery { Limit = mostSignals }).Reverse()];

    public Node ToDocument()
    {
        var entries = new MappingNode();
        foreach (var (key, entry) in Entries())
        {
            entries.Add(key, new MappingNode().Add("value", JsonForms.Verbatim(entry.Value)).Add("version", ScalarNode.Of(entry.Version)));
        }

        return new MappingNode()
            .Add("run", board.RunId)
            .Add("state", new MappingNode().Add("version", ScalarNode.Of(board.State.Version)).Add("entries", entries))
            .Add("gates", new SequenceNode(board.Gates.Select(Gate)))
            .Add("signalCount", ScalarNode.Of(board.SignalCount))
            .Add("signals", new SequenceNode(_signals.Select(Describe)));
    }

    public void WriteHuman(Terminal terminal)
    {
        if (board.State.Version == 0 && board.Gates.Count == 0 && board.SignalCount == 0)
        {
            terminal.Line($"The agents of {board.RunId} have shared nothing.");
            return;
        }

        terminal.Line(Text($"{terminal.Bold(board.RunId)}  state at version {board.State.Version}, {board.Gates.Count} gates, {board.SignalCount} signals"));
        if (board.State.Count > 0)
        {
            var table = new TextTable("KEY", "VERSION", "VALUE");
            foreach (var (key, entry) in Entries()) table.Add(key, Text($"{entry.Version}"), Short(entry.Value));
            Write(terminal, table);
        }

        if (board.Gates.Count > 0)
        {
            var table = new TextTable("GATE", "TYPE", "SCORE", "BY", "AT (UTC)");
            foreach (var gate in board.Gates) table.Add(gate.GateId, gate.Type.Name, Text($"{gate.Score}"), Newest(gate)?.By ?? "", Newest(gate) is { } newest ? Timestamps.ForPeople(newest.At) : "");
            Write(terminal, table);
        }

        if (_signals.Count > 0)
        {
            var table = new TextTable("SIGNAL", "AT (UTC)", "TYPE", "FROM", "TO", "DATA");
            foreach (var signal in _signals)
                table.Add(Text($"{signal.Position}"), Timestamps.ForPeople(signal.Timestamp), signal.Type.Name, signal.Sender, signal.IsBroadcast ? "all" : string.Join(", ", signal.Recipients), Short(signal.Data));
            Write(terminal, table);
        }
    }

    private static void Write(Terminal terminal, TextTable table)
    {
        terminal.Line();
        table.Write(terminal);
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Short(JsonElement value) => OneLine.Of(value.GetRawText(), LongestValue);

    private static MappingNode Describe(Signal signal)
    {
        var node = new MappingNode()
            .Add("id", signal.Id)
            .Add("position", ScalarNode.Of(signal.Position))
            .Add("at", Timestamps.Node(signal.Timestamp))
            .Add("type", signal.Type.Name)
            .Add("sender", signal.Sender)
            .Add("recipients", new SequenceNode(signal.Recipients.Select(name => ScalarNode.Of(name))))
            .Add("data", JsonForms.Verbatim(signal.Data))
            .Add("metadata", JsonForms.Verbatim(signal.Metadata));
        if (signal.CorrelationId is { } correlation) node.Add("correlationId", correlation);
        if (signal.ReplyTo is { } replyTo) node.Add("replyTo", replyTo);
        return node;
    }

    private IEnumerable<KeyValuePair<string, StateEntry>> Entries() => board.State.OrderBy(entry => entry.Key, StringComparer.Ordinal);

    private GateScore? Newest(GateEvaluation gate) => board.GetGateHistory(gate.GateId, 1).Scores is [var newest] ? newest : null;

    private MappingNode Gate(GateEvaluation gate)
    {
        var node = new MappingNode().Add("id", gate.GateId).Add("type", gate.Type.Name);
        if (Newest(gate) is not { } newest) return node;
        return node
            .Add("score", new ScalarNode(newest.Score.ToString("R", CultureInfo.InvariantCulture), ScalarKind.Float))
            .Add("by", newest.By)
            .Add("at", Timestamps.Node(newest.At));
    }
}
