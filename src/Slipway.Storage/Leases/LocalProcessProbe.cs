namespace Slipway.Storage.Leases;

/// <summary>
/// Looks for owners among the processes of this machine. An owner is dead when its text form is that of a
/// <see cref="LeaseOwner"/> of this machine and process space, and no process of that number and birth is there.
/// </summary>
public sealed class LocalProcessProbe : ILeaseOwnerProbe
{
    /// <inheritdoc/>
    public OwnerState Probe(string owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        if (LeaseOwner.TryParse(owner) is not { } asked) return OwnerState.Unknown;
        var here = LeaseOwner.Current;
        if (asked.Host != here.Host || asked.Birth == "unknown" || !ProcessBirth.SameSpace(asked.Birth, here.Birth)) return OwnerState.Unknown;
        return ProcessBirth.Find(asked.ProcessId) switch
        {
            "unknown" => OwnerState.Unknown,
            { } birth when birth == asked.Birth => OwnerState.Alive,
            _ => OwnerState.Dead,
        };
    }
}
