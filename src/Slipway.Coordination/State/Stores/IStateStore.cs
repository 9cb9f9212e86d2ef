namespace Slipway.Coordination.State.Stores;

/// <summary>
/// Durable states, shared by all who open them, in this process and others. A stored state is its newest values and the changes that are
/// kept for history and rollback. Every implementation must pass the state store conformance suite. All members are safe to call from many
/// threads.
/// </summary>
public interface IStateStore
{
    /// <summary>Loads a state, beginning an empty one of version 0 when there is none.</summary>
    /// <param name="name">Its name, 1 to 200 characters.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The state as it is at one moment.</returns>
    ValueTask<StateImage> LoadAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Appends changes, all or none. When it returns they are as durable as the store makes them.</summary>
    /// <param name="state">The state, as it was loaded.</param>
    /// <param name="changes">One change or more, of consecutive versions; the first one's is the expected version plus one. Each has its old values.</param>
    /// <param name="cancellationToken">Cancels the wait, not an append under way.</param>
    /// <returns>Whether it was appended, or who was first: a conflict is no exception.</returns>
    ValueTask<StateAppend> AppendAsync(StateHandle state, IReadOnlyList<StateChange> changes, CancellationToken cancellationToken = default);

    /// <summary>Reads the changes that are kept, in order of their versions. Versions have no gaps, so where the first is not the next after <paramref name="afterVersion"/>, older ones were trimmed.</summary>
    /// <param name="state">The state; a deleted one has no changes.</param>
    /// <param name="afterVersion">Only changes after this version; 0 for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<StateChange> ReadChangesAsync(StateHandle state, long afterVersion, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the changes after a version and goes on with those that anybody appends, in this process or another, without loss: each change in
    /// order, once. Where changes were trimmed before they were read the versions jump. Ends when the state is deleted or the store is
    /// disposed; cancelling throws.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="afterVersion">Only changes after this version; 0 for all.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    IAsyncEnumerable<StateChange> WatchAsync(StateHandle state, long afterVersion, CancellationToken cancellationToken = default);

    /// <summary>Forgets changes that are no longer needed for history or rollback. Values stay.</summary>
    /// <param name="state">The state; a deleted one is ignored.</param>
    /// <param name="throughVersion">The newest version whose change is forgotten.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask TrimAsync(StateHandle state, long throughVersion, CancellationToken cancellationToken = default);

    /// <summary>The names of all states, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes a state with its values and changes, and ends its watches.</summary>
    /// <returns>False when there is none of that name.</returns>
    ValueTask<bool> DeleteAsync(string name, CancellationToken cancellationToken = default);
}
