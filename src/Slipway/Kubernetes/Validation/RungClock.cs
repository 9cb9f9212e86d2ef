using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Validation;

/// <summary>Collects what one rung does, for its report.</summary>
internal sealed class RungClock(Rung rung, TimeProvider time)
{
    private TimeSpan _spent;

    public FindingList Findings { get; } = new();

    public int Files { get; set; }

    public int Objects { get; set; }

    /// <summary>Why the rung is not run or incomplete.</summary>
    public string? Reason { get; set; }

    /// <summary>False until something was looked at.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Does a part of the rung's work.</summary>
    public void Run(Action work)
    {
        HasRun = true;
        var start = time.GetTimestamp();
        work();
        _spent += time.GetElapsedTime(start);
    }

    /// <summary>Says that the rung ran, and adds to its time.</summary>
    public void Ran(TimeSpan spent)
    {
        HasRun = true;
        _spent += spent;
    }

    public RungReport Report()
    {
        var errors = Findings.Findings.Count(finding => finding.Severity == Severity.Error);
        var status = errors > 0 ? RungStatus.Failed : !HasRun ? RungStatus.NotRun : Reason is not null ? RungStatus.Incomplete : RungStatus.Passed;
        return new RungReport(rung, status)
        {
            Files = Files,
            Objects = Objects,
            Checks = Findings.Checks,
            Errors = errors,
            Warnings = Findings.Findings.Count(finding => finding.Severity == Severity.Warning),
            Duration = _spent,
            Reason = Reason,
        };
    }
}
