namespace Slipway.Storage.Sqlite;

/// <summary>How much an append waits for.</summary>
public enum SqliteSynchronous
{
    /// <summary>Every commit is on the disk before it returns: it survives a loss of power. The default.</summary>
    Full,

    /// <summary>A commit survives the death of the process, but the newest ones may be lost with the power. Much faster.</summary>
    Normal,
}
