using Npgsql;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Postgres.Sessions;

/// <summary>
/// One connection that listens for what all processes tell, from when somebody first waits. When it is lost it is made anew, and all who wait look
/// again, because what was told meanwhile was not heard.
/// </summary>
internal sealed class PostgresListener(PostgresSession session, TimeSpan reconnectDelay, ChangeBell bell) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private Task? _listening;

    /// <summary>Returns when whatever is told from now on will be heard.</summary>
    public async ValueTask ListenAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _listening) is not null) return;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_listening is not null) return;
            var connection = await ConnectAsync(cancellationToken);
            Volatile.Write(ref _listening, ListenOnAsync(connection));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_listening is not null) await _listening;
        _closing.Dispose();
        _turn.Dispose();
    }

    private ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => session.ConnectAsync(
        async connection =>
        {
            connection.Notification += (_, told) => bell.Ring(told.Payload);
            await using var listen = new NpgsqlCommand($"LISTEN {session.Channel}", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
        },
        cancellationToken);

    private async Task ListenOnAsync(NpgsqlConnection first)
    {
        var connection = first;
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                connection ??= await ConnectAsync(_closing.Token);
                // The first time round this wakes those who looked before the connection stood; later those who missed something.
                bell.RingAll();
                while (true) await connection.WaitAsync(_closing.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception lost) when (lost is StorageException || PostgresDiagnostics.IsOfDriver(lost))
            {
                if (connection is not null) await connection.DisposeAsync();
                connection = null;
                await Task.Delay(reconnectDelay, TimeProvider.System, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (connection is not null) await connection.DisposeAsync();
    }
}
