using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Documents;
using Slipway.Performance;

namespace Slipway.Cli.Views.Performance;

/// <summary><c>slipway bench</c>: each target with what was measured.</summary>
/// <param name="report">What was measured.</param>
/// <param name="isStrict">True when goals decide too.</param>
internal sealed class BenchView(BenchReport report, bool isStrict) : IView
{
    public Node ToDocument() => new MappingNode()
        .Add("succeeded", ScalarNode.Of(report.Succeeds(isStrict)))
        .Add("quick", ScalarNode.Of(report.IsQuick))
        .Add("strict", ScalarNode.Of(isStrict))
        .Add("durationMs", ScalarNode.Of((long)report.Duration.TotalMilliseconds))
        .Add("machine", new MappingNode()
            .Add("cores", ScalarNode.Of(Environment.ProcessorCount))
            .Add("system", RuntimeInformation.OSDescription)
            .Add("runtime", RuntimeInformation.FrameworkDescription))
        .Add("missed", new MappingNode()
            .Add("contract", ScalarNode.Of(report.Missed(TargetSource.Contract)))
            .Add("goals", ScalarNode.Of(report.Missed(TargetSource.Goal))))
        .Add("results", new SequenceNode(report.Results.Select(ToDocument)));

    public void WriteHuman(Terminal terminal)
    {
        WriteTable(terminal, "Promised by the contract", TargetSource.Contract);
        WriteTable(terminal, "Goals, which depend on how loaded the machine is", TargetSource.Goal);
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Results.Count} targets in {report.Duration.TotalSeconds:N1} s on {Environment.ProcessorCount} cores: {report.Missed(TargetSource.Contract)} of the contract and {report.Missed(TargetSource.Goal)} goals missed");
        terminal.Line(report.Succeeds(isStrict) ? terminal.Green(summary) : terminal.Red(summary));
    }

    private void WriteTable(Terminal terminal, string title, TargetSource source)
    {
        var results = report.Results.Where(result => result.Target.Source == source).ToList();
        if (results.Count == 0) return;
        terminal.Line(terminal.Bold(title));
        var table = new TextTable("", "TARGET", "WANTED", "P50", "P99", "COUNT", "MEASURED");
        foreach (var result in results)
        {
            table.Add(
                result.Verdict switch
                {
                    Verdict.Pass => terminal.Green,
                    Verdict.Miss => terminal.Red,
                    _ => terminal.Dim,
                },
                NameOf(result.Verdict),
                result.Target.Name,
                $"{(result.Target.IsFloor ? "≥" : "≤")} {Number(result.Target.Limit)} {result.Target.Unit}{Of(result.Target)}",
                Number(result.P50),
                Number(result.P99),
                result.Count == 0 ? "-" : result.Count.ToString("N0", CultureInfo.InvariantCulture),
                result.Note is null ? result.Target.Measured : $"{result.Target.Measured} ({result.Note})");
        }

        table.Write(terminal);
        terminal.Line();
    }

    private static MappingNode ToDocument(BenchResult result)
    {
        var document = new MappingNode()
            .Add("name", result.Target.Name)
            .Add("group", result.Group)
            .Add("source", result.Target.Source is TargetSource.Contract ? "contract" : "goal")
            .Add("operation", result.Target.Operation)
            .Add("measured", result.Target.Measured)
            .Add("unit", result.Target.Unit)
            .Add(result.Target.IsFloor ? "atLeast" : "atMost", Figure(result.Target.Limit))
            .Add("statistic", NameOf(result.Target.Statistic))
            .Add("verdict", NameOf(result.Verdict))
            .Add("count", ScalarNode.Of(result.Count))
            .Add("figure", Figure(result.Figure))
            .Add("p50", Figure(result.P50))
            .Add("p99", Figure(result.P99));
        if (result.Note is not null) document.Add("note", result.Note);
        return document;
    }

    private static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Miss => "miss",
        _ => "not-measured",
    };

    private static string NameOf(Statistic statistic) => statistic switch
    {
        Statistic.P50 => "p50",
        Statistic.Mean => "mean",
        Statistic.Max => "max",
        _ => "p99",
    };

    // The 99th percentile is what is usually held against a target.
    private static string Of(BenchTarget target) => target.Statistic is Statistic.P99 ? "" : $" ({NameOf(target.Statistic)})";

    private static ScalarNode Figure(double? figure) =>
        figure is { } value ? new ScalarNode(Rounded(value).ToString("R", CultureInfo.InvariantCulture), ScalarKind.Float) : ScalarNode.Null();

    // Four digits are more than such figures are good for.
    private static double Rounded(double value) => value == 0 ? 0 : Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 9));

    private static string Number(double? figure) => figure is { } value ? Rounded(value).ToString(Math.Abs(value) >= 1_000 ? "N0" : "0.####", CultureInfo.InvariantCulture) : "-";
}
