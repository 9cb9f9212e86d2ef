using System.Buffers;
using System.Text;
using Slipway.Coordination.Journal;
using Slipway.Testing.Time;
using Xunit;

namespace Slipway.Testing.Journals;

/// <summary>What every journal must do. A test class of a journal derives from this and gives a fresh, empty one.</summary>
public abstract partial class JournalConformance : IAsyncLifetime
{
    /// <summary>How long the leases of the tests last.</summary>
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private IRunJournal? _journal;

    /// <summary>The clock of the journal under test.</summary>
    protected ManualTimeProvider Clock { get; } = new();

    /// <summary>The journal under test.</summary>
    protected IRunJournal Journal => _journal ?? throw new InvalidOperationException("The journal is made before each test.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _journal = await CreateAsync(Clock);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_journal is IAsyncDisposable disposable) await disposable.DisposeAsync();
        await CleanUpAsync();
    }

    /// <summary>Makes an empty journal.</summary>
    protected abstract ValueTask<IRunJournal> CreateAsync(TimeProvider time);

    /// <summary>Removes what the journal left behind.</summary>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private static RunEvent Event(int number) => new StepReady($"step-{number:D6}");

    private static RunEvent[] Events(int first, int count) => [.. Enumerable.Range(first, count).Select(Event)];

    private static string Text(RunEvent runEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        RunEventJson.Write(output, runEvent);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items) list.Add(item);
        return list;
    }

    private async Task<RunLease> AcquireAsync(string runId = "run", string owner = "one") =>
        await Journal.TryAcquireAsync(runId, owner, Minute) ?? throw new InvalidOperationException($"Run '{runId}' is held.");

    private async Task<List<string>> ReadTextsAsync(string runId = "run", long after = 0) =>
        [.. (await ToListAsync(Journal.ReadAsync(runId, after))).Select(entry => Text(entry.Event))];
}
