using System.Buffers;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.State;
using Slipway.Coordination.State.Stores;
using Xunit;

namespace Slipway.Testing.State;

/// <summary>What every store of states must do. A test class of a store derives from this and gives a fresh, empty one.</summary>
public abstract partial class StateStoreConformance : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private IStateStore? _store;

    /// <summary>The store under test.</summary>
    protected IStateStore Store => _store ?? throw new InvalidOperationException("The store is made before each test.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _store = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_store is IAsyncDisposable disposable) await disposable.DisposeAsync();
        await CleanUpAsync();
    }

    /// <summary>Makes an empty store.</summary>
    protected abstract ValueTask<IStateStore> CreateAsync();

    /// <summary>Opens the same storage a second time, as another process would; the store itself where that cannot be.</summary>
    protected virtual ValueTask<IStateStore> ReopenAsync() => ValueTask.FromResult(Store);

    /// <summary>Removes what the store left behind.</summary>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>A change that sets keys: <c>("a", "1")</c>; a null deletes.</summary>
    private static StateChange Change(long version, params (string Key, string? Value)[] writes) => new()
    {
        Version = version,
        Operation = StateOperation.Update,
        Timestamp = Start.AddMilliseconds(version),
        ChangedBy = version % 2 == 0 ? "agent" : null,
        Writes = [.. writes.Select(write => new StateWrite(write.Key, null, write.Value is { } value ? Json(value) : null))],
    };

    private static string Text(StateChange change)
    {
        var output = new ArrayBufferWriter<byte>();
        StateChangeJson.Write(output, change, withOldValues: false);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Text(StateImage image) => string.Join(
        " ", image.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value.Value.GetRawText()}@{entry.Value.Version}"));

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items, int most = int.MaxValue)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
            if (list.Count == most) break;
        }

        return list;
    }

    private async Task<StateHandle> BeginAsync(string name = "state") => (await Store.LoadAsync(name)).Handle;

    private async Task<StateHandle> BeginWithAsync(int changes, string name = "state")
    {
        var handle = await BeginAsync(name);
        await Store.AppendAsync(handle, [.. Enumerable.Range(1, changes).Select(version => Change(version, ("a", $"{version}")))]);
        return handle;
    }

    private async Task<List<long>> ReadVersionsAsync(StateHandle handle, long after = 0) =>
        [.. (await ToListAsync(Store.ReadChangesAsync(handle, after))).Select(change => change.Version)];
}
