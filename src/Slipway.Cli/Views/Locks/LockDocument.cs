using Slipway.Coordination.Locks;
using Slipway.Documents;

namespace Slipway.Cli.Views.Locks;

/// <summary>Locks as data, each <c>{resource, run, step, owner, reason, token, since, until}</c>.</summary>
internal static class LockDocument
{
    public static SequenceNode From(IEnumerable<ResourceLock> locks) => new(locks.Select(From));

    private static MappingNode From(ResourceLock held)
    {
        var node = new MappingNode()
            .Add("resource", held.Resource)
            .Add("run", held.RunId)
            .Add("step", held.StepId)
            .Add("owner", held.Owner);
        if (held.Reason is { } reason) node.Add("reason", reason);
        return node.Add("token", ScalarNode.Of(held.FencingToken)).Add("since", Timestamps.Node(held.AcquiredAt)).Add("until", Timestamps.Node(held.ExpiresAt));
    }
}
