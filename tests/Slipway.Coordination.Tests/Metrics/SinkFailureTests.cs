using Slipway.Coordination.Metrics;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Metrics;

/// <summary>A sink that fails, hangs or is slow harms neither recording nor other sinks, and what it does not take is told.</summary>
public sealed class SinkFailureTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Write_ThatFailsAtFirst_IsTriedAgainAfterItsDelay()
    {
        var sink = new ScriptedSink((call, _) => call <= 2 ? throw new IOException("not now") : ValueTask.CompletedTask);
        await using var metrics = new MetricsCollector([sink], options: new MetricsOptions { Time = _time, FlushInterval = TimeSpan.FromHours(1) });
        metrics.Counter("c").Increment();
        metrics.Start();
        var start = _time.GetUtcNow();

        var flush = metrics.FlushAsync();
        while (!flush.IsCompleted)
        {
            if (_time.NextDue - _time.GetUtcNow() < TimeSpan.FromSeconds(5)) _time.Advance(_time.NextDue!.Value - _time.GetUtcNow());
            await Task.Yield();
        }

        Assert.Equal(TimeSpan.FromSeconds(3), _time.GetUtcNow() - start);
        var report = Assert.Single(metrics.GetSnapshot().Sinks);
        Assert.Equal((1, 0, 2), (report.Written, report.Refused, report.Failures));
    }

    [Fact]
    public async Task Stop_WithASinkThatAlwaysFails_SaysWhatItRefused()
    {
        var broken = new ScriptedSink((_, _) => throw new IOException("no such place"));
        var whole = new ScriptedSink();
        var metrics = new MetricsCollector([broken, whole], options: new MetricsOptions { Time = _time });
        metrics.Start();
        for (var i = 0; i < 250; i++) metrics.Counter("c").Increment();

        var report = await metrics.StopAsync();

        var problem = Assert.Single(report.Problems);
        Assert.Equal("SLW5600", problem.Code);
        Assert.Contains("no such place", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(250, report.Snapshot.Sinks[0].Refused);
        Assert.Equal(250, whole.Metrics.Count);
    }

    [Fact]
    public async Task Stop_WithASinkThatHangs_GivesItUpAtTheTimeout()
    {
        var entered = new TaskCompletionSource();
        var hanging = new ScriptedSink(async (_, _) =>
        {
            entered.SetResult();
            await new TaskCompletionSource().Task;
        });
        var whole = new ScriptedSink();
        var metrics = new MetricsCollector([hanging, whole], options: new MetricsOptions { Time = _time });
        metrics.Counter("c").Increment();

        var stop = metrics.StopAsync();
        await entered.Task;
        // What the other sink has taken must be counted before the time is over, or it is given up too.
        while (metrics.GetSnapshot().Sinks[1].Written == 0) await Task.Yield();
        while (!stop.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        var report = await stop;
        Assert.Equal("SLW5600", Assert.Single(report.Problems).Code);
        Assert.Equal((0, 0, 1), (report.Snapshot.Sinks[0].Written, report.Snapshot.Sinks[0].Waiting, report.Snapshot.Sinks[0].Refused));
    }

    [Fact]
    public async Task Write_ThatTakesTooLong_IsCancelled()
    {
        var sink = new ScriptedSink((call, token) => call == 1 ? new ValueTask(Task.Delay(Timeout.Infinite, token)) : ValueTask.CompletedTask);
        var metrics = new MetricsCollector([sink], options: new MetricsOptions { Time = _time, SinkTimeout = TimeSpan.FromSeconds(2) });
        metrics.Counter("c").Increment();

        var stop = metrics.StopAsync();
        while (!stop.IsCompleted)
        {
            if (_time.NextDue - _time.GetUtcNow() <= TimeSpan.FromSeconds(2)) _time.Advance(_time.NextDue!.Value - _time.GetUtcNow());
            await Task.Yield();
        }

        var report = Assert.Single((await stop).Snapshot.Sinks);
        Assert.Equal((1, 1), (report.Written, report.Failures));
        Assert.Equal("it took longer than 2 s", report.LastError);
    }

    [Fact]
    public async Task Stop_WithASinkThatIsBehind_StillBringsItWhatTheBufferHolds()
    {
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var slow = HoldingItsFirstBatch(entered, release);
        var whole = new ScriptedSink();
        var metrics = new MetricsCollector([slow, whole], options: new MetricsOptions { Time = _time, BufferSize = 100, BatchSize = 100 });
        var counter = metrics.Counter("c");
        metrics.Start();
        Record(100);
        await entered.Task;
        await whole.WaitForAsync(100);
        Record(100);
        await whole.WaitForAsync(200);
        Record(99);

        var stop = metrics.StopAsync();
        await whole.WaitForAsync(299);
        release.SetResult();

        Assert.Empty((await stop).Problems);
        Assert.Equal(299, slow.Metrics.Count);

        void Record(int count)
        {
            for (var i = 0; i < count; i++) counter.Increment();
        }
    }

    [Fact]
    public async Task Sink_ThatFallsBehind_LosesTheOldestAndCountsThem()
    {
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var slow = HoldingItsFirstBatch(entered, release);
        var whole = new ScriptedSink();
        var metrics = new MetricsCollector([slow, whole], options: new MetricsOptions { Time = _time, BufferSize = 100, BatchSize = 10 });
        var counter = metrics.Counter("c");
        metrics.Start();
        await RecordAsync(10);
        await entered.Task;

        await RecordAsync(200);
        release.SetResult();
        var report = await metrics.StopAsync();

        Assert.Equal(210, whole.Metrics.Count);
        Assert.Equal((110, 100), (report.Snapshot.Sinks[0].Written, report.Snapshot.Sinks[0].Dropped));
        Assert.Equal(whole.Metrics.TakeLast(100), slow.Metrics.TakeLast(100));

        // In pieces that fit the buffer, each waited for at the sink that keeps up.
        async Task RecordAsync(int count)
        {
            for (var done = 0; done < count; done += 10)
            {
                var before = whole.Metrics.Count;
                for (var i = 0; i < 10; i++) counter.Increment();
                await whole.WaitForAsync(before + 10);
            }
        }
    }

    /// <summary>A sink that says when its first batch has come, and keeps it until it is released.</summary>
    private static ScriptedSink HoldingItsFirstBatch(TaskCompletionSource entered, TaskCompletionSource release) => new(async (call, _) =>
    {
        if (call > 1) return;
        entered.SetResult();
        await release.Task;
    });
}
