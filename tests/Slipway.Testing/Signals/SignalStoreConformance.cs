using System.Text;
using Slipway.Coordination.Signals.Stores;
using Xunit;

namespace Slipway.Testing.Signals;

/// <summary>What every signal store must do. A test class of a store derives from this and gives a fresh, empty one.</summary>
public abstract partial class SignalStoreConformance : IAsyncLifetime
{
    private const string Id = "build-1";
    private ISignalStore? _store;
    private ISignalStore? _other;

    /// <summary>The store under test.</summary>
    protected ISignalStore Store => _store ?? throw new InvalidOperationException("The store is made before each test.");

    /// <summary>Another store over the same data, as another process has it.</summary>
    protected ISignalStore Other => _other ?? throw new InvalidOperationException("The store is made before each test.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _store = await CreateAsync();
        _other = await OpenAnotherAsync(_store);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (!ReferenceEquals(_other, _store) && _other is IAsyncDisposable other) await other.DisposeAsync();
        if (_store is IAsyncDisposable disposable) await disposable.DisposeAsync();
        await CleanUpAsync();
    }

    /// <summary>Makes an empty store.</summary>
    protected abstract ValueTask<ISignalStore> CreateAsync();

    /// <summary>Opens the data of a store once more, as another process does. A store that cannot be shared gives itself.</summary>
    protected virtual ValueTask<ISignalStore> OpenAnotherAsync(ISignalStore store) => ValueTask.FromResult(store);

    /// <summary>Removes what the store left behind.</summary>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private static ReadOnlyMemory<byte> Body(int number) => Encoding.UTF8.GetBytes($$"""{"number":{{number}}}""");

    private static ReadOnlyMemory<byte>[] Bodies(int first, int count) => [.. Enumerable.Range(first, count).Select(Body)];

    private static string Text(StoredSignal signal) => Encoding.UTF8.GetString(signal.Body.Span);

    private static IEnumerable<string> Texts(int first, int count) => Bodies(first, count).Select(body => Encoding.UTF8.GetString(body.Span));

    private static async Task<List<StoredSignal>> ToListAsync(IAsyncEnumerable<StoredSignal> signals)
    {
        var list = new List<StoredSignal>();
        await foreach (var signal in signals) list.Add(signal);
        return list;
    }

    private Task<List<StoredSignal>> ReadAsync(string coordinationId = Id, long after = 0) => ToListAsync(Store.ReadAsync(coordinationId, after));
}
