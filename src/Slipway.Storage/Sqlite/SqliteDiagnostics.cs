using Slipway.Coordination.Diagnostics;
using SQLitePCL;

namespace Slipway.Storage.Sqlite;

/// <summary>What can be wrong with a SQLite journal, in words.</summary>
internal static class SqliteDiagnostics
{
    public static StorageException Corrupt(string path, string detail) => Problem(
        "SLW5201", path, "The journal is damaged", detail,
        "keep the file, move it aside and recover what it holds with 'sqlite3 journal.db .recover'; runs start anew in a fresh journal");

    public static StorageException Foreign(string path, string detail, string wanted = "journal") => Problem(
        "SLW5202", path, $"The file is not a Slipway {wanted}", detail,
        $"name another file for the {wanted}, or move this one away; it was not touched");

    public static StorageException Newer(string path, long found, long known) => Problem(
        "SLW5203", path, "The journal was written by a newer Slipway",
        $"its schema is version {found}, this program knows {known}",
        "use that newer Slipway, or name another file for the journal");

    public static StorageException NotWritable(string path, string detail) => Problem(
        "SLW5204", path, "The journal cannot be opened for writing", detail,
        "make the file and its directory writable for this user, or name another place for the journal");

    public static StorageException Full(string path, string detail) => Problem(
        "SLW5205", path, "The disk of the journal is full", detail,
        "free some space on that disk, then resume the run; what was recorded before is intact");

    public static StorageException InputOutput(string path, string detail) => Problem(
        "SLW5206", path, "The disk of the journal failed", detail,
        "check the disk, then resume the run; what was recorded before is intact");

    public static StorageException Busy(string path, string detail) => Problem(
        "SLW5207", path, "Another process holds the journal", detail,
        "wait for the other process, or end it; then try again");

    public static StorageException NoWal(string path, string mode) => Problem(
        "SLW5208", path, "The file system of the journal does not allow write-ahead logging",
        $"SQLite stayed in mode '{mode}'",
        "put the journal on a local disk; network file systems do not share memory between processes");

    public static StorageException Unreadable(string path, string runId, long sequence, Exception cause) => new(
        new Diagnostic
        {
            Code = "SLW5209",
            Summary = $"Event {sequence} of run '{runId}' cannot be read",
            Detail = cause.Message,
            Place = new SourcePlace(path),
            Fix = "use the Slipway that wrote it; other runs of this journal are not affected",
        },
        cause);

    public static StorageException UnreadableChange(string path, string name, long version, Exception cause) => new(
        new Diagnostic
        {
            Code = "SLW5220",
            Summary = $"The change to version {version} of state '{name}' cannot be read",
            Detail = cause.Message,
            Place = new SourcePlace(path),
            Fix = "use the Slipway that wrote it, or delete the state; others are not affected",
        },
        cause);

    public static StorageException Missing(string path, string runId, long sequence) =>
        Unreadable(path, runId, sequence, new InvalidDataException("it is not there, though later ones are"));

    public static StorageException NoLibrary(Exception cause) => new(
        new Diagnostic
        {
            Code = "SLW5210",
            Summary = "No usable SQLite library was found",
            Detail = cause.Message,
            Fix = "install SQLite 3.35 or later (package libsqlite3-0 or sqlite-libs)",
        },
        cause);

    /// <summary>Names the failure that a SQLite result code stands for.</summary>
    public static StorageException FromResult(string path, int result, string message)
    {
        var detail = $"SQLite says '{message}' ({result})";
        return (result & 0xff) switch
        {
            // Errors of SQL and of constraints mean that tables or rows are not as this program made them.
            raw.SQLITE_CORRUPT or raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH => Corrupt(path, detail),
            raw.SQLITE_NOTADB => Foreign(path, detail),
            raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => NotWritable(path, detail),
            raw.SQLITE_FULL => Full(path, detail),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Busy(path, detail),
            raw.SQLITE_PROTOCOL or raw.SQLITE_NOLFS => NoWal(path, detail),
            _ => InputOutput(path, detail),
        };
    }

    private static StorageException Problem(string code, string path, string summary, string detail, string fix) => new(new Diagnostic
    {
        Code = code,
        Summary = summary,
        Detail = detail,
        Place = new SourcePlace(path),
        Fix = fix,
    });
}
