using Slipway.Coordination.Diagnostics;

namespace Slipway.Workspace;

/// <summary>Tells what a disk refused in terms that a person can act on.</summary>
public static class DiskProblems
{
    /// <summary>Whether an exception is the disk's: to be reported, not a broken invariant.</summary>
    public static bool IsExpected(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>The diagnostic of an exception for which <see cref="IsExpected"/> holds.</summary>
    /// <param name="exception">What the file system threw.</param>
    /// <param name="path">The file or folder as the user knows it.</param>
    /// <param name="doing">What could not be done, such as <c>write the manifests</c>.</param>
    /// <param name="outcome">What became of the rest, such as <c>nothing was changed</c>.</param>
    public static Diagnostic Describe(Exception exception, string path, string doing, string? outcome = null)
    {
        var (code, summary, fix) = Classify(exception, doing);
        return new Diagnostic
        {
            Code = code,
            Summary = summary,
            Detail = outcome is null ? exception.Message : $"{outcome} ({exception.Message})",
            Place = new SourcePlace(path),
            Fix = fix,
        };
    }

    private static (string Code, string Summary, string Fix) Classify(Exception exception, string doing)
    {
        if (exception is UnauthorizedAccessException || IsReadOnly(exception))
            return (WorkspaceCodes.NotAllowed, $"no permission to {doing}", "give this user the permission to write there, or name another folder");
        if (IsFull(exception))
            return (WorkspaceCodes.DiskFull, $"the disk is full; could not {doing}", "free some space and run the command again");
        return (WorkspaceCodes.DiskFailed, $"the disk refused to {doing}", "check the path and the disk, then run the command again");
    }

    // ENOSPC is 28 everywhere, EDQUOT 122 on Linux and 69 on macOS; ERROR_HANDLE_DISK_FULL is 39 and ERROR_DISK_FULL 112 on Windows.
    private static bool IsFull(Exception exception) =>
        OperatingSystem.IsWindows() ? (exception.HResult & 0xFFFF) is 39 or 112 : exception.HResult is 28 or 69 or 122;

    // EROFS is 30; ERROR_WRITE_PROTECT is 19 on Windows.
    private static bool IsReadOnly(Exception exception) =>
        OperatingSystem.IsWindows() ? (exception.HResult & 0xFFFF) == 19 : exception.HResult == 30;
}
