using Slipway.Coordination.Metrics;
using Slipway.Storage.Sqlite;
using Slipway.Storage.Sqlite.Native;
using Slipway.Testing.Time;

namespace Slipway.Storage.Tests.Sqlite;

public sealed class SqliteMetricSinkTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _time = new(MetricBatch.Noon);

    private string File => _directory.File("metrics.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Collector_WithTheSink_LeavesEveryMetricInTheFile()
    {
        using var sink = Open();
        var metrics = new MetricsCollector([sink]);
        var counter = metrics.Counter("c");
        for (var i = 0; i < 1_234; i++) counter.Increment();

        Assert.True((await metrics.StopAsync()).IsComplete);

        Assert.Equal("1234|1234.0", Query("SELECT count(*) || '|' || sum(value) FROM metrics WHERE metric_name = 'c' AND metric_type = 'counter'"));
    }

    [Fact]
    public async Task Write_OfAllFields_KeepsThem()
    {
        using var sink = Open();

        await sink.WriteAsync([MetricBatch.Full, MetricBatch.Of(2)], default);

        Assert.Equal(
            "test-1|lookup_ms|timing|1.5|ms|über \"alles\"|1767355200000|agent-1",
            Query("SELECT metric_id||'|'||metric_name||'|'||metric_type||'|'||value||'|'||unit||'|'||json_extract(tags,'$.store')||'|'||timestamp||'|'||agent_id FROM metrics WHERE metric_id = 'test-1'"));
        Assert.Equal("{}||", Query("SELECT tags||'|'||coalesce(correlation_id,'')||'|'||coalesce(agent_id,'') FROM metrics WHERE metric_id = 'test-2'"));
    }

    [Fact]
    public async Task Write_OfARepeatedBatch_KeepsEachIdOnce()
    {
        using var sink = Open();
        await sink.WriteAsync(MetricBatch.Of(1, 100), default);

        await sink.WriteAsync(MetricBatch.Of(51, 100), default);

        Assert.Equal("150", Query("SELECT count(*) FROM metrics"));
    }

    // Fault 15: retention is named in the documents and not in the code.
    [Fact]
    public async Task DeleteOlderThan_TheDefaultOfSevenDays_LetsTheOlderGo()
    {
        using var sink = Open();
        await sink.WriteAsync([MetricBatch.Of(1, MetricBatch.Noon.AddDays(-7).AddMilliseconds(-1)), MetricBatch.Of(2, MetricBatch.Noon.AddDays(-7))], default);

        Assert.Equal(1, sink.DeleteOlderThan(MetricRetention.Default));

        Assert.Equal("test-2", Query("SELECT metric_id FROM metrics"));
    }

    [Fact]
    public async Task Open_OfAFileThatExists_GoesOnWithIt()
    {
        using (var sink = Open()) await sink.WriteAsync(MetricBatch.Of(1, 3), default);
        using (var sink = Open()) await sink.WriteAsync(MetricBatch.Of(3, 3), default);

        Assert.Equal("5", Query("SELECT count(*) FROM metrics"));
    }

    [Fact]
    public async Task Open_OfAJournal_IsRefusedAndLeavesIt()
    {
        await using (SqliteJournal.Open(new SqliteStoreOptions { File = File }, _time))
        {
        }

        var refused = Assert.Throws<StorageException>(Open);

        Assert.Equal("SLW5202", refused.Diagnostic.Code);
        Assert.Equal("The file is not a Slipway database of metrics", refused.Diagnostic.Summary);
        Assert.Equal("0", Query("SELECT count(*) FROM sqlite_schema WHERE name = 'metrics'"));
    }

    private SqliteMetricSink Open() => SqliteMetricSink.Open(new SqliteMetricSinkOptions { File = File }, _time);

    private string Query(string sql)
    {
        using var database = SqliteDatabase.Open(File, create: false, TimeSpan.FromSeconds(5));
        return database.QueryText(sql);
    }
}
