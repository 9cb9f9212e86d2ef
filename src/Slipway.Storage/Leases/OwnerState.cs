namespace Slipway.Storage.Leases;

/// <summary>What is known about the owner of a lease.</summary>
public enum OwnerState
{
    /// <summary>Nothing certain: it is on another machine, in another container, or is no process. Its lease is honoured until it expires.</summary>
    Unknown,

    /// <summary>It runs.</summary>
    Alive,

    /// <summary>It has ended and can never write again; its lease may be taken.</summary>
    Dead,
}
