namespace Slipway.Coordination.State;

/// <summary>What differs between two versions, told as one change of each key.</summary>
internal static class StateDifference
{
    /// <summary>The differences that a watcher is to be told, by version and then by key. A key that was set since counts, even to what it was.</summary>
    public static List<StateChangeRecord> Between(StateSnapshot before, StateSnapshot after, StateWatchOptions options)
    {
        var records = new List<StateChangeRecord>();
        if (options.Key is { } only)
        {
            Compare(only);
            return records;
        }

        foreach (var key in before.Entries.KeysThatDiffer(after.Entries)) Compare(key);
        records.Sort(static (left, right) =>
            left.Version != right.Version ? left.Version.CompareTo(right.Version) : string.CompareOrdinal(left.Key, right.Key));
        return records;

        void Compare(string key)
        {
            if (!options.Matches(key)) return;
            var version = after.VersionOf(key);
            if (version == before.VersionOf(key)) return;
            records.Add(new StateChangeRecord
            {
                Timestamp = after.Timestamp,
                Version = version ?? after.Version,
                Key = key,
                Operation = version is null ? StateOperation.Delete : StateOperation.Set,
                OldValue = before.Get(key),
                NewValue = after.Get(key),
            });
        }
    }
}
