using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Slipway.Storage.Leases;

// This is the one place of the library that looks at other processes; it starts none, so that a door for it would be empty.
#pragma warning disable RS0030

/// <summary>
/// Identifies a process beyond its number. On Linux: boot, process namespace and start in clock ticks since the boot, none of
/// which moves when the clock is set. Elsewhere: the start time.
/// </summary>
internal static class ProcessBirth
{
    /// <summary>The birth of a living process, or null when there is none of that number.</summary>
    public static string? Find(int processId) => OperatingSystem.IsLinux() ? FindOnLinux(processId) : FindElsewhere(processId);

    /// <summary>Whether two births lie in one process space, so that the absence of a process there is proof of its death.</summary>
    public static bool SameSpace(string one, string other) => SpaceOf(one) == SpaceOf(other);

    private static string SpaceOf(string birth) => birth[..(birth.LastIndexOf('-') + 1)];

    private static string? FindOnLinux(int processId)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            // The second field is the program's name in parentheses, which may itself hold spaces and parentheses.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var isGone = fields[0] is "Z" or "X";
            return isGone ? null : $"{Space()}-{fields[19]}";
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }

    private static string Space()
    {
        var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim().Replace("-", "", StringComparison.Ordinal);
        var space = new FileInfo("/proc/self/ns/pid").LinkTarget ?? "";
        return $"{boot[..12]}-{string.Concat(space.Where(char.IsAsciiDigit))}";
    }

    private static string? FindElsewhere(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
        catch (Win32Exception)
        {
            return "unknown";
        }
    }
}
