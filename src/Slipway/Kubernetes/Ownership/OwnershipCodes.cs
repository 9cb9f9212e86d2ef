namespace Slipway.Kubernetes.Ownership;

/// <summary>The diagnostic codes of this room.</summary>
public static class OwnershipCodes
{
    /// <summary>The ownership record cannot be read.</summary>
    public const string RecordDamaged = "SLW2101";

    /// <summary>The ownership record was written by a newer Slipway.</summary>
    public const string RecordTooNew = "SLW2102";

    /// <summary>A file that is not Slipway's stands where one is to be generated.</summary>
    public const string ForeignFile = "SLW2103";

    /// <summary>A person and the generator changed the same lines.</summary>
    public const string Conflict = "SLW2104";

    /// <summary>A person's and the generator's changes do not go together.</summary>
    public const string NotMergeable = "SLW2105";

    /// <summary>A file is no longer generated but was edited by hand.</summary>
    public const string EditedOrphan = "SLW2106";

    /// <summary>An earlier conflict waits for a person.</summary>
    public const string UnresolvedConflict = "SLW2107";

    /// <summary>An earlier command was cut off while it wrote here.</summary>
    public const string Interrupted = "SLW2108";
}
