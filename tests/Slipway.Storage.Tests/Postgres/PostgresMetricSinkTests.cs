using Npgsql;
using Slipway.Coordination.Metrics;
using Slipway.Storage.Postgres;
using Slipway.Testing.Postgres;
using Slipway.Testing.Time;

namespace Slipway.Storage.Tests.Postgres;

public sealed class PostgresMetricSinkTests(PostgresFixture postgres)
{
    private readonly ManualTimeProvider _time = new(MetricBatch.Noon);

    [Fact]
    public async Task Collector_WithTheSink_LeavesEveryMetricInTheTable()
    {
        var options = await NewOptionsAsync();
        await using var sink = await PostgresMetricSink.OpenAsync(options, _time);
        var metrics = new MetricsCollector([sink]);
        var counter = metrics.Counter("c");
        for (var i = 0; i < 1_234; i++) counter.Increment();

        Assert.True((await metrics.StopAsync()).IsComplete);

        Assert.Equal("1234|1234", await QueryAsync(options, "SELECT count(*) || '|' || sum(value) FROM metrics WHERE metric_name = 'c' AND metric_type = 'counter'"));
    }

    [Fact]
    public async Task Write_OfAllFields_KeepsThemAndReplacesWhatCannotBeStored()
    {
        var options = await NewOptionsAsync();
        await using var sink = await PostgresMetricSink.OpenAsync(options, _time);

        await sink.WriteAsync([MetricBatch.Full, MetricBatch.Of(2)], default);

        Assert.Equal(
            "test-1|lookup_ms|timing|1.5|ms|über \"alles\"|\ufffd\ufffd|1767355200|run\ufffd-1|agent-1",
            await QueryAsync(options, "SELECT concat_ws('|', metric_id, metric_name, metric_type, value, unit, tags->>'store', tags->>(E'sign\ufffd'), extract(epoch FROM timestamp)::bigint, correlation_id, agent_id) FROM metrics WHERE metric_id = 'test-1'"));
        Assert.Equal("{}tt", await QueryAsync(options, "SELECT concat(tags, correlation_id IS NULL, agent_id IS NULL) FROM metrics WHERE metric_id = 'test-2'"));
    }

    [Fact]
    public async Task Write_OfARepeatedBatch_KeepsEachIdOnce()
    {
        var options = await NewOptionsAsync();
        await using var sink = await PostgresMetricSink.OpenAsync(options, _time);
        await sink.WriteAsync(MetricBatch.Of(1, 100), default);

        await sink.WriteAsync(MetricBatch.Of(51, 100), default);
        await sink.WriteAsync(MetricBatch.Of(151, 1), default);

        Assert.Equal("151", await QueryAsync(options, "SELECT count(*)::text FROM metrics"));
    }

    // Fault 15: retention is named in the documents and not in the code.
    [Fact]
    public async Task DeleteOlderThan_TheDefaultOfSevenDays_LetsTheOlderGo()
    {
        var options = await NewOptionsAsync();
        await using var sink = await PostgresMetricSink.OpenAsync(options, _time);
        await sink.WriteAsync([MetricBatch.Of(1, MetricBatch.Noon.AddDays(-7).AddMilliseconds(-1)), MetricBatch.Of(2, MetricBatch.Noon.AddDays(-7))], default);

        Assert.Equal(1, await sink.DeleteOlderThanAsync(MetricRetention.Default));

        Assert.Equal("test-2", await QueryAsync(options, "SELECT metric_id FROM metrics"));
    }

    [Fact]
    public async Task Open_ByManyAtOnce_MakesTheTablesOnceBesideThoseOfAStore()
    {
        var options = await NewOptionsAsync();
        await using var store = await PostgresStore.OpenAsync(options);

        var sinks = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PostgresMetricSink.OpenAsync(options)));
        await Task.WhenAll(sinks.Select((sink, i) => sink.WriteAsync(MetricBatch.Of(i * 10, 10), default).AsTask()));

        Assert.Equal("50", await QueryAsync(options, "SELECT count(*)::text FROM metrics"));
        foreach (var sink in sinks) await sink.DisposeAsync();
    }

    private async Task<PostgresStoreOptions> NewOptionsAsync() =>
        new() { ConnectionString = await postgres.GetSharedDatabaseAsync(), Schema = postgres.NewName("metrics") };

    private static async Task<string?> QueryAsync(PostgresStoreOptions options, string sql)
    {
        await using var connection = new NpgsqlConnection($"{options.ConnectionString};Pooling=false;Search Path={options.Schema}");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync();
    }
}
