using System.Globalization;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Workspace;

/// <summary>
/// One writer a workspace: held for as long as a command changes files below it, freed by the operating system when its process dies.
/// The lock is <c>.slipway/lock</c>; who holds it stands beside it.
/// </summary>
public sealed class WorkspaceLock : IDisposable
{
    private readonly IDisposable _held;

    private WorkspaceLock(IDisposable held) => _held = held;

    /// <summary>Takes the lock of a workspace, without waiting.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="time">Says since when the lock is held.</param>
    /// <param name="root">The workspace's folder; made when missing.</param>
    /// <param name="command">What the holder does, for others to read: <c>slipway generate</c>.</param>
    /// <param name="problem">Why the lock could not be taken: <see cref="WorkspaceCodes.LockHeld"/> when another process holds it (exit code 5).</param>
    /// <returns>The lock, to be disposed at the end of the command; null with a problem.</returns>
    public static WorkspaceLock? TryTake(IFileSystem files, TimeProvider time, string root, string command, out Diagnostic? problem)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(time);
        var path = $"{root}/{StagingArea.StateFolder}/lock";
        problem = null;
        try
        {
            var guard = new TreeGuard(files, root);
            guard.Look($"{StagingArea.StateFolder}/lock");
            guard.Look($"{StagingArea.StateFolder}/lock.holder");
            problem = guard.Problems.FirstOrDefault();
            if (problem is not null) return null;
            if (files.TryLock(path, DescribeHolder(time, command)) is { } held) return new WorkspaceLock(held);
            problem = new Diagnostic
            {
                Code = WorkspaceCodes.LockHeld,
                Summary = "another command works in this folder",
                Detail = ReadHolder(files.ReadLockHolder(path)),
                Place = new SourcePlace(root),
                Fix = "wait until it has ended, or end that process",
            };
        }
        catch (Exception exception) when (DiskProblems.IsExpected(exception))
        {
            problem = DiskProblems.Describe(exception, root, "lock the folder", "nothing was changed");
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    private static string DescribeHolder(TimeProvider time, string command)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("command", command);
            json.WriteString("host", Environment.MachineName);
            json.WriteNumber("pid", Environment.ProcessId);
            json.WriteString("since", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string ReadHolder(string? holder)
    {
        try
        {
            using var json = JsonDocument.Parse(holder ?? "");
            var root = json.RootElement;
            return $"'{root.GetProperty("command").GetString()}', process {root.GetProperty("pid").GetInt32()} on {root.GetProperty("host").GetString()}, "
                + $"since {root.GetProperty("since").GetString()}";
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return "it has not said who it is";
        }
    }
}
