using System.Globalization;
using Slipway.Coordination.Locks;
using Slipway.Documents;

namespace Slipway.Cli.Views.Locks;

/// <summary><c>slipway locks list</c>.</summary>
/// <param name="locks">What is held, by resource.</param>
internal sealed class LockListView(IReadOnlyList<ResourceLock> locks) : IView
{
    public Node ToDocument() => new MappingNode().Add("locks", LockDocument.From(locks));

    public void WriteHuman(Terminal terminal)
    {
        if (locks.Count == 0) terminal.Line("Nothing is locked.");
        else WriteTable(terminal, locks);
    }

    /// <summary>Prints a line a resource.</summary>
    public static void WriteTable(Terminal terminal, IEnumerable<ResourceLock> locks)
    {
        var table = new TextTable("RESOURCE", "RUN", "STEP", "TOKEN", "SINCE (UTC)", "UNTIL (UTC)", "OWNER");
        foreach (var held in locks)
        {
            table.Add(
                held.Resource,
                held.RunId,
                held.StepId,
                held.FencingToken.ToString(CultureInfo.InvariantCulture),
                Timestamps.ForPeople(held.AcquiredAt),
                Timestamps.ForPeople(held.ExpiresAt),
                held.Owner);
        }

        table.Write(terminal);
    }

    /// <summary>Who holds one, in a line.</summary>
    public static string Describe(ResourceLock held) => string.Create(
        CultureInfo.InvariantCulture, $"held by step '{held.StepId}' of run '{held.RunId}' ({held.Owner}) since {Timestamps.ForPeople(held.AcquiredAt)} UTC, token {held.FencingToken}");
}
