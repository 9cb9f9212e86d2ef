namespace Slipway.Coordination.Journal;

/// <summary>
/// Something that happened in a run. The set is closed: every case is listed, with its payload, in
/// <c>docs/output-formats.md</c>, and <see cref="RunEventJson"/> is the one place that writes and reads them.
/// </summary>
public abstract record RunEvent
{
    private protected RunEvent()
    {
    }

    /// <summary>The stable name of the event in journals and streams, in snake case, such as <c>step_started</c>.</summary>
    public abstract string Type { get; }
}
