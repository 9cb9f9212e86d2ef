using System.Globalization;

namespace Slipway.Storage.Leases;

/// <summary>
/// A process as the owner of a lease. As text: <c>host/pid/birth</c>. The birth tells a process from a later one that got
/// the same number.
/// </summary>
/// <param name="Host">The machine's name.</param>
/// <param name="ProcessId">The process number.</param>
/// <param name="Birth">When and in which process space it was born, opaque; equal for one process however often it is asked.</param>
public sealed record LeaseOwner(string Host, int ProcessId, string Birth)
{
    /// <summary>This process.</summary>
    public static LeaseOwner Current { get; } =
        new(Environment.MachineName, Environment.ProcessId, ProcessBirth.Find(Environment.ProcessId) ?? "unknown");

    /// <summary>Reads the text form.</summary>
    /// <returns>The owner, or null when the text is none.</returns>
    public static LeaseOwner? TryParse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 3 && parts[0].Length > 0 && parts[2].Length > 0
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            ? new LeaseOwner(parts[0], processId, parts[2])
            : null;
    }

    /// <summary>The text form, <c>host/pid/birth</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}/{ProcessId}/{Birth}");
}
