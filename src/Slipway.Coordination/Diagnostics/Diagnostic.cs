namespace Slipway.Coordination.Diagnostics;

/// <summary>One problem, told so that a person can act on it. All problems of an input are reported at once.</summary>
public sealed record Diagnostic
{
    /// <summary>
    /// The stable code, <c>SLW</c> and four digits: 1xxx input, 2xxx generation and validation, 3xxx deployment,
    /// 4xxx tasks and agents, 5xxx engine and storage. Each is explained in <c>docs/diagnostics.md</c>.
    /// </summary>
    public required string Code { get; init; }

    /// <summary>How much it matters. Default: <see cref="Severity.Error"/>.</summary>
    public Severity Severity { get; init; }

    /// <summary>One sentence, without the place and without a final full stop.</summary>
    public required string Summary { get; init; }

    /// <summary>What more there is to know, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>Where the problem lies, or null when it has no place.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>What to do about it, as an imperative sentence, or null when nothing is known to help.</summary>
    public string? Fix { get; init; }

    /// <summary>Renders the whole on one line: <c>place: error SLWnnnn: summary; detail. Fix: …</c>.</summary>
    public override string ToString()
    {
        var place = Place is null ? "" : $"{Place}: ";
        var detail = Detail is null ? "" : $"; {Detail.TrimEnd('.')}";
        var fix = Fix is null ? "" : $". Fix: {Fix}";
        return $"{place}{Severity.ToString().ToLowerInvariant()} {Code}: {Summary}{detail}{fix}";
    }
}
