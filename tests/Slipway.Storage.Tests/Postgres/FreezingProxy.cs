using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Slipway.Storage.Tests.Postgres;

/// <summary>A way to the server that can break without a word: what stands open then stays open, and nothing comes through it any more. New connections work.</summary>
internal sealed class FreezingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly UnixDomainSocketEndPoint _server;
    private readonly Task _accepting;
    private CancellationTokenSource _freezing = new();

    /// <summary>Opens a way.</summary>
    /// <param name="connectionString">How the server is reached: by a socket in a directory.</param>
    public FreezingProxy(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        _server = new UnixDomainSocketEndPoint(Path.Combine(server.Host!, $".s.PGSQL.{server.Port}"));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Breaks all ways that stand now.</summary>
    public void Freeze() => Interlocked.Exchange(ref _freezing, new CancellationTokenSource()).Cancel();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var streams = new List<NetworkStream>();
        try
        {
            while (true)
            {
                var near = new NetworkStream(await _listener.AcceptSocketAsync(_closing.Token), ownsSocket: true);
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(_server, _closing.Token);
                var far = new NetworkStream(socket, ownsSocket: true);
                streams.AddRange([near, far]);
                var frozen = _freezing.Token;
                _ = PumpAsync(near, far, frozen);
                _ = PumpAsync(far, near, frozen);
            }
        }
        catch (Exception) when (_closing.IsCancellationRequested)
        {
            foreach (var stream in streams) await stream.DisposeAsync();
        }
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationToken frozen)
    {
        try
        {
            await from.CopyToAsync(to, frozen);
            to.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Frozen: both ends stay open. Or one end was closed.
        }
    }
}
