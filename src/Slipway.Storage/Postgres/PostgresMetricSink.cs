using System.Text;
using Npgsql;
using NpgsqlTypes;
using Slipway.Coordination.Metrics;
using Slipway.Storage.Postgres.Sessions;

namespace Slipway.Storage.Postgres;

/// <summary>
/// Keeps metrics in the table <c>metrics</c> of a PostgreSQL schema, one binary COPY a batch, each metric id once. Any number of
/// processes and machines may use one schema together. Every member fails with a <see cref="StorageException"/> when the server or the way
/// to it does. Characters that PostgreSQL cannot store are replaced.
/// </summary>
public sealed class PostgresMetricSink : IMetricSink, IAsyncDisposable
{
    private const string Columns = "(metric_id, metric_name, metric_type, value, unit, tags, timestamp, correlation_id, agent_id)";

    private static readonly PostgresSchema Tables = new(
        "metric_schema_versions",
        [
            """
            CREATE TABLE metric_schema_versions (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp());
            CREATE TABLE metrics (
              metric_id      text COLLATE "C" PRIMARY KEY,
              metric_name    text NOT NULL,
              metric_type    text NOT NULL,
              value          double precision NOT NULL,
              unit           text NOT NULL,
              tags           jsonb NOT NULL,
              timestamp      timestamptz NOT NULL,
              correlation_id text,
              agent_id       text);
            CREATE INDEX metrics_by_name ON metrics (metric_name, timestamp);
            CREATE INDEX metrics_by_time ON metrics (timestamp);
            """,
        ]);

    private readonly PostgresSession _session;
    private readonly TimeProvider _time;

    private PostgresMetricSink(PostgresSession session, TimeProvider time)
    {
        _session = session;
        _time = time;
    }

    /// <inheritdoc/>
    public string Name => "postgres";

    /// <summary>Opens a sink, creating or migrating its tables. Processes that start at the same moment do it once.</summary>
    /// <param name="options">Where the tables lie: <see cref="PostgresStoreOptions.ConnectionString"/> and <see cref="PostgresStoreOptions.Schema"/>.</param>
    /// <param name="time">The clock of retention; null for the system's.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="StorageException">The server cannot be reached or refuses, or the tables are newer than this program.</exception>
    public static async Task<PostgresMetricSink> OpenAsync(PostgresStoreOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        PostgresStoreOptions.Validate(options);
        var session = new PostgresSession(options, time);
        try
        {
            await Tables.PrepareAsync(session, cancellationToken);
            return new PostgresMetricSink(session, time ?? TimeProvider.System);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<Metric> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await _session.UseAsync(
            async connection =>
            {
                try
                {
                    await CopyAsync(connection, "metrics", batch, cancellationToken);
                }
                catch (PostgresException repeated) when (repeated.SqlState == PostgresErrorCodes.UniqueViolation)
                {
                    // The answer to an earlier attempt was lost on its way.
                    await CopyNewAsync(connection, batch, cancellationToken);
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>Removes metrics that are older.</summary>
    /// <param name="age">How old a metric may be, 0 or more; <see cref="MetricRetention.Default"/> is 7 days.</param>
    /// <param name="cancellationToken">Cancels the removal.</param>
    /// <returns>How many were removed.</returns>
    public ValueTask<int> DeleteOlderThanAsync(TimeSpan age, CancellationToken cancellationToken = default)
    {
        MetricRetention.Validate(age);
        return _session.ExecuteAsync(
            "DELETE FROM metrics WHERE timestamp < $1", command => command.Bind((_time.GetUtcNow() - age).UtcDateTime), cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private static async Task CopyAsync(NpgsqlConnection connection, string table, IReadOnlyList<Metric> batch, CancellationToken cancellationToken)
    {
        // Disposing of it before it is completed undoes the whole.
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table} {Columns} FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var metric in batch)
        {
            await copy.StartRowAsync(cancellationToken);
            await TextAsync(metric.MetricId);
            await TextAsync(metric.Name);
            await TextAsync(MetricJson.NameOf(metric.Type));
            await copy.WriteAsync(metric.Value, NpgsqlDbType.Double, cancellationToken);
            await TextAsync(metric.Unit);
            await copy.WriteAsync(MetricTags.ToJson(metric.Tags).ToArray(), NpgsqlDbType.Jsonb, cancellationToken);
            await copy.WriteAsync(metric.Timestamp.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            await TextAsync(metric.CorrelationId);
            await TextAsync(metric.AgentId);
        }

        await copy.CompleteAsync(cancellationToken);

        Task TextAsync(string? text) =>
            text is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(Encoding.UTF8.GetBytes(MetricTags.Storable(text)), NpgsqlDbType.Text, cancellationToken);
    }

    private static async Task CopyNewAsync(NpgsqlConnection connection, IReadOnlyList<Metric> batch, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync("CREATE TEMPORARY TABLE arriving_metrics (LIKE metrics) ON COMMIT DROP");
        await CopyAsync(connection, "arriving_metrics", batch, cancellationToken);
        await ExecuteAsync($"INSERT INTO metrics {Columns} SELECT {Columns[1..^1]} FROM arriving_metrics ON CONFLICT DO NOTHING");
        await transaction.CommitAsync(cancellationToken);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
