namespace Slipway.Kubernetes.Ownership;

/// <summary>What happens to a file when a repository is published.</summary>
public enum ChangeKind
{
    /// <summary>It is as generated and stays so.</summary>
    Unchanged,

    /// <summary>It is made.</summary>
    Created,

    /// <summary>It was as generated last and gets the new text.</summary>
    Updated,

    /// <summary>A person's changes and the generator's are put together.</summary>
    Merged,

    /// <summary>A person changed it, the generator did not: it stays as it is.</summary>
    Kept,

    /// <summary>A person and the generator changed the same lines: the person's stay, the new text goes into a side file.</summary>
    Conflicted,

    /// <summary>It had been removed by hand (or emptied by a loss of power) and is made again.</summary>
    Restored,

    /// <summary>It stood there already and is Slipway's from now on.</summary>
    Adopted,

    /// <summary>It is no longer generated and goes.</summary>
    Removed,

    /// <summary>It is no longer generated but was edited by hand: it stays and is the person's from now on.</summary>
    Released,
}
