namespace Slipway.Storage.Waking;

/// <summary>Calls somebody at every change until it is disposed or the store is closed.</summary>
internal sealed class ChangeCall : IDisposable
{
    private readonly CancellationTokenSource _ending = new();

    public ChangeCall(ChangeWatch watch, Action onChange) => _ = CallAsync(watch, onChange, _ending.Token);

    public void Dispose() => _ending.Cancel();

    private static async Task CallAsync(ChangeWatch watch, Action onChange, CancellationToken ending)
    {
        using var ended = watch;
        try
        {
            while (await watch.WaitAsync(timeout: null, TimeProvider.System, ending)) onChange();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The watch is over.
        }
    }
}
