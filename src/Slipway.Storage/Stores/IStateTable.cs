using Slipway.Coordination.State;
using Slipway.Coordination.State.Stores;

namespace Slipway.Storage.Stores;

/// <summary>What a database does for a <see cref="StateStore"/>. Whatever changes a state rings its topic. A generation is never given again.</summary>
internal interface IStateTable
{
    ValueTask<StateImage> LoadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Appends changes that together set and delete what <paramref name="entries"/> says: the newest write of each key.</summary>
    ValueTask<StateAppend> AppendAsync(
        StateHandle state, IReadOnlyList<StateChange> changes, IReadOnlyList<(StateWrite Write, long Version)> entries, CancellationToken cancellationToken);

    /// <summary>The newest version; null when the state is gone.</summary>
    ValueTask<long?> FindVersionAsync(StateHandle state, CancellationToken cancellationToken);

    /// <summary>The next changes after a version, not all of them; none at the end.</summary>
    ValueTask<List<StateChange>> ReadPageAsync(StateHandle state, long afterVersion, CancellationToken cancellationToken);

    ValueTask TrimAsync(StateHandle state, long throughVersion, CancellationToken cancellationToken);

    ValueTask<List<string>> ListAsync(CancellationToken cancellationToken);

    ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
