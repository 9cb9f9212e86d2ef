namespace Slipway.Kubernetes.Ownership.Merging;

/// <summary>A range of old lines and the range of new lines that takes its place. Ends are exclusive.</summary>
internal readonly record struct Hunk(int OldStart, int OldEnd, int NewStart, int NewEnd)
{
    public bool IsInsertion => OldStart == OldEnd;
}
