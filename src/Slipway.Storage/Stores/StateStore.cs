using System.Runtime.CompilerServices;
using Slipway.Coordination.State;
using Slipway.Coordination.State.Stores;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Stores;

/// <summary>Shared states in a database.</summary>
internal sealed class StateStore(IStateTable table, ChangeBell bell) : IStateStore
{
    private const int LongestName = 200;

    public static string TopicOf(string name) => $"state:{name}";

    public ValueTask<StateImage> LoadAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > LongestName || name.Any(char.IsControl))
            throw new ArgumentException($"A state has a name of 1 to {LongestName} characters without control characters.", nameof(name));
        return table.LoadAsync(name, cancellationToken);
    }

    public ValueTask<StateAppend> AppendAsync(StateHandle state, IReadOnlyList<StateChange> changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentOutOfRangeException.ThrowIfZero(changes.Count, nameof(changes));
        cancellationToken.ThrowIfCancellationRequested();
        var entries = new Dictionary<string, (StateWrite, long)>(StringComparer.Ordinal);
        for (var index = 0; index < changes.Count; index++)
        {
            if (changes[index].Version != changes[0].Version + index) throw new ArgumentException("The versions of the changes are not consecutive.", nameof(changes));
            foreach (var write in changes[index].Writes) entries[write.Key] = (write, changes[index].Version);
        }

        return table.AppendAsync(state, changes, [.. entries.Values], cancellationToken);
    }

    public async IAsyncEnumerable<StateChange> ReadChangesAsync(
        StateHandle state, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        while (true)
        {
            var page = await table.ReadPageAsync(state, afterVersion, cancellationToken);
            if (page.Count == 0) yield break;
            foreach (var change in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                afterVersion = change.Version;
                yield return change;
            }
        }
    }

    public async IAsyncEnumerable<StateChange> WatchAsync(
        StateHandle state, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var watch = await bell.WatchAsync([TopicOf(state.Name)], cancellationToken);
        do
        {
            if (await table.FindVersionAsync(state, cancellationToken) is not { } newest) yield break;
            if (newest <= afterVersion) continue;
            await foreach (var change in ReadChangesAsync(state, afterVersion, cancellationToken))
            {
                afterVersion = change.Version;
                yield return change;
            }
        }
        while (await watch.WaitAsync(null, TimeProvider.System, cancellationToken));
    }

    public ValueTask TrimAsync(StateHandle state, long throughVersion, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        return table.TrimAsync(state, throughVersion, cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var name in await table.ListAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return table.DeleteAsync(name, cancellationToken);
    }
}
