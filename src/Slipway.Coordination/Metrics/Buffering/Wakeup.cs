using System.Threading.Channels;

namespace Slipway.Coordination.Metrics.Buffering;

/// <summary>Wakes one waiter; what comes while it is awake wakes it once more. Setting it allocates nothing.</summary>
internal sealed class Wakeup
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    public ValueTask<bool> WaitAsync() => _channel.Reader.ReadAsync();
}
