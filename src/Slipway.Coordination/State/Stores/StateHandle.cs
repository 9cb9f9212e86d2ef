namespace Slipway.Coordination.State.Stores;

/// <summary>Which state of a store is meant.</summary>
/// <param name="Name">Its name, 1 to 200 characters.</param>
/// <param name="Generation">
/// Tells it from an earlier state of the same name that was deleted: a store never gives a number twice for one name.
/// </param>
public sealed record StateHandle(string Name, long Generation);
