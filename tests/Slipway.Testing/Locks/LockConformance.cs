using Slipway.Coordination.Locks;
using Slipway.Testing.Time;
using Xunit;

namespace Slipway.Testing.Locks;

/// <summary>What every lock store must do. A test class of a store derives from this and gives a fresh, empty one.</summary>
public abstract partial class LockConformance : IAsyncLifetime
{
    /// <summary>How long the locks of the tests last.</summary>
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private ILockStore? _store;

    /// <summary>The clock of the store under test.</summary>
    protected ManualTimeProvider Clock { get; } = new();

    /// <summary>The store under test.</summary>
    protected ILockStore Store => _store ?? throw new InvalidOperationException("The store is made before each test.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _store = await CreateAsync(Clock);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CleanUpAsync();
    }

    /// <summary>Makes an empty store.</summary>
    protected abstract ValueTask<ILockStore> CreateAsync(TimeProvider time);

    /// <summary>Closes the store and removes what it left behind.</summary>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private static LockRequest Request(string step, params string[] resources) => new()
    {
        RunId = "run",
        StepId = step,
        Owner = "host/1",
        Resources = resources,
        Duration = Minute,
        Reason = $"because of {step}",
    };

    private async Task<LockGrant> AcquireAsync(string step, params string[] resources) =>
        await Store.AcquireAsync(Request(step, resources)).AsTask().WaitAsync(Patience);

    /// <summary>Asks, and goes on when the store has said that something stands in the way.</summary>
    private async Task<Task<LockGrant>> AskAndWaitAsync(LockRequest request, CancellationToken cancellationToken = default)
    {
        var blocked = new TaskCompletionSource<ResourceLock>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asking = Store.AcquireAsync(request, blocked.SetResult, cancellationToken).AsTask();
        await blocked.Task.WaitAsync(Patience);
        return asking;
    }

    private async Task<List<ResourceLock>> ListAsync()
    {
        var locks = new List<ResourceLock>();
        await foreach (var one in Store.ListAsync()) locks.Add(one);
        return locks;
    }
}
