namespace Slipway.Storage.Leases;

/// <summary>Tells whether the owner of a lease still lives.</summary>
public interface ILeaseOwnerProbe
{
    /// <summary>Looks for an owner.</summary>
    /// <param name="owner">The owner as its lease names it.</param>
    /// <returns><see cref="OwnerState.Dead"/> only when that is certain.</returns>
    OwnerState Probe(string owner);
}
