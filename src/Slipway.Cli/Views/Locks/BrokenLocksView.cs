using Slipway.Coordination.Locks;
using Slipway.Documents;

namespace Slipway.Cli.Views.Locks;

/// <summary><c>slipway locks break</c>: <c>{broken[]}</c>.</summary>
/// <param name="broken">What was taken from its holder.</param>
internal sealed class BrokenLocksView(IReadOnlyList<ResourceLock> broken) : IView
{
    public Node ToDocument() => new MappingNode().Add("broken", LockDocument.From(broken));

    public void WriteHuman(Terminal terminal)
    {
        foreach (var held in broken) terminal.Line($"{held.Resource}: broken, was {LockListView.Describe(held)}");
    }
}
