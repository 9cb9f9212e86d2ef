using Slipway.Coordination.Metrics;
using Slipway.Storage.Sqlite.Native;

namespace Slipway.Storage.Sqlite;

/// <summary>
/// Keeps metrics in the table <c>metrics</c> of a SQLite file of its own, one transaction a batch, each metric id once. Any number of
/// processes of one machine may use the file together, and any SQLite tool may read it. Every member fails with a
/// <see cref="StorageException"/> when the file or its disk does. Safe for any number of threads.
/// </summary>
public sealed class SqliteMetricSink : IMetricSink, IDisposable
{
    private static readonly SqliteSchema Tables = new(
        0x536c776d,
        "database of metrics",
        [
            """
            CREATE TABLE schema_versions (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL);
            -- Times are milliseconds since 1970 in UTC, tags a JSON object.
            CREATE TABLE metrics (
              metric_id      TEXT    NOT NULL PRIMARY KEY,
              metric_name    TEXT    NOT NULL,
              metric_type    TEXT    NOT NULL,
              value          REAL    NOT NULL,
              unit           TEXT    NOT NULL,
              tags           TEXT    NOT NULL,
              timestamp      INTEGER NOT NULL,
              correlation_id TEXT,
              agent_id       TEXT);
            CREATE INDEX metrics_by_name ON metrics (metric_name, timestamp);
            CREATE INDEX metrics_by_time ON metrics (timestamp);
            """,
        ]);

    private readonly Lock _gate = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _insert;
    private readonly TimeProvider _time;

    private SqliteMetricSink(SqliteDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
        _insert = database.Prepare("INSERT OR IGNORE INTO metrics VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    }

    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <summary>Opens a sink, creating or migrating the file.</summary>
    /// <param name="options">Where it lies and how it behaves.</param>
    /// <param name="time">The clock of retention; null for the system's.</param>
    /// <exception cref="StorageException">The file cannot be used; it is as it was.</exception>
    public static SqliteMetricSink Open(SqliteMetricSinkOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        SqliteMetricSinkOptions.Validate(options);
        time ??= TimeProvider.System;
        var database = SqliteDatabase.Open(options.File, create: true, options.BusyTimeout);
        try
        {
            Tables.Prepare(database, options.Synchronous, options.BusyTimeout, time);
            return new SqliteMetricSink(database, time);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(IReadOnlyList<Metric> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        Transact(() =>
        {
            foreach (var metric in batch)
            {
                _insert.Bind(1, metric.MetricId)
                    .Bind(2, metric.Name)
                    .Bind(3, MetricJson.NameOf(metric.Type))
                    .Bind(4, metric.Value)
                    .Bind(5, metric.Unit)
                    .Bind(6, MetricTags.ToJson(metric.Tags))
                    .Bind(7, metric.Timestamp.ToUnixTimeMilliseconds())
                    .BindOptional(8, metric.CorrelationId)
                    .BindOptional(9, metric.AgentId)
                    .Run();
            }

            return batch.Count;
        });
        return ValueTask.CompletedTask;
    }

    /// <summary>Removes metrics that are older, and gives their space back to the disk.</summary>
    /// <param name="age">How old a metric may be, 0 or more; <see cref="MetricRetention.Default"/> is 7 days.</param>
    /// <returns>How many were removed.</returns>
    public int DeleteOlderThan(TimeSpan age)
    {
        MetricRetention.Validate(age);
        var removed = Transact(() =>
        {
            using var delete = _database.Prepare("DELETE FROM metrics WHERE timestamp < ?");
            delete.Bind(1, (_time.GetUtcNow() - age).ToUnixTimeMilliseconds()).Run();
            return _database.Changes;
        });
        lock (_gate) _database.Execute("PRAGMA incremental_vacuum");
        return removed;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _insert.Dispose();
            _database.Dispose();
        }
    }

    private int Transact(Func<int> work)
    {
        lock (_gate)
        {
            _database.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = work();
                _database.Execute("COMMIT");
                return result;
            }
            catch
            {
                _database.Rollback();
                throw;
            }
        }
    }
}
