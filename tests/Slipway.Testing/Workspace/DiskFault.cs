namespace Slipway.Testing.Workspace;

/// <summary>What goes wrong at a change of an <see cref="InMemoryFileSystem"/>.</summary>
public enum DiskFault
{
    /// <summary>This change finds the disk full (ENOSPC), having written half; so does each later one that writes content.</summary>
    DiskFull,

    /// <summary>This change is not allowed; later ones are.</summary>
    NotAllowed,

    /// <summary>This change fails as a failing disk does (EIO); later ones succeed.</summary>
    BrokenDisk,

    /// <summary>The process dies in the middle of this change. Nothing can be done until <see cref="InMemoryFileSystem.Restart"/>.</summary>
    Crash,
}
