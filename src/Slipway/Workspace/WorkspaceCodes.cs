namespace Slipway.Workspace;

/// <summary>The diagnostic codes of this room.</summary>
public static class WorkspaceCodes
{
    /// <summary>A path to write leaves the tree: absolute, <c>..</c>, a backslash.</summary>
    public const string PathLeavesTree = "SLW1051";

    /// <summary>A path to write has a part that some systems cannot store, or one that Slipway keeps for itself.</summary>
    public const string PathNotPortable = "SLW1052";

    /// <summary>Two paths to write are one on some systems, or one is a folder of the other.</summary>
    public const string PathsCollide = "SLW1053";

    /// <summary>A symbolic link stands in a path to write.</summary>
    public const string LinkInTheWay = "SLW1054";

    /// <summary>A file stands where a folder is needed, or a folder where a file is.</summary>
    public const string WrongKindInTheWay = "SLW1055";

    /// <summary>The disk is full.</summary>
    public const string DiskFull = "SLW1056";

    /// <summary>No permission, or a read-only disk.</summary>
    public const string NotAllowed = "SLW1057";

    /// <summary>The disk failed in another way.</summary>
    public const string DiskFailed = "SLW1058";

    /// <summary>A file changed while Slipway worked.</summary>
    public const string ChangedMeanwhile = "SLW1059";

    /// <summary>Another process works in the folder.</summary>
    public const string LockHeld = "SLW1060";

    /// <summary>A publication that was cut off has been completed or undone.</summary>
    public const string Recovered = "SLW1061";

    /// <summary>A publication that was cut off could neither be completed nor undone.</summary>
    public const string NotRecovered = "SLW1062";

    /// <summary>The output folder lies outside of where it may.</summary>
    public const string OutputOutside = "SLW1063";
}
