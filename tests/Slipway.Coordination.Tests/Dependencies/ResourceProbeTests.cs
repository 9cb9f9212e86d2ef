using Slipway.Coordination.Dependencies;
using static Slipway.Coordination.Tests.Dependencies.ResolverBench;

namespace Slipway.Coordination.Tests.Dependencies;

public sealed class ResourceProbeTests : IDisposable
{
    private readonly ScriptedProbe _probe = new();
    private readonly ResolverBench _bench;

    public ResourceProbeTests() => _bench = new ResolverBench(new DependencyResolverOptions { Probes = new Dictionary<string, IResourceProbe> { ["api"] = _probe } });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Probe_ManyWaiters_IsAskedOnceAnInterval()
    {
        var waits = Enumerable.Range(0, 20).Select(agent => _bench.WaitAsync($"agent{agent}", Dependency.OnResource("api"))).ToArray();
        await AnswerAsync(0);
        for (var asked = 1; asked < 5; asked++)
        {
            await PassAsync(TimeSpan.FromMilliseconds(100));
            await AnswerAsync(0);
        }

        await PassAsync(TimeSpan.FromMilliseconds(100));
        await AnswerAsync(1);

        Assert.All(await Task.WhenAll(waits), resolution => Assert.True(resolution.Success));
        Assert.Equal((6, 1), (_probe.Asked, _probe.MostAtOnce));
        Assert.Equal(TimeSpan.FromMilliseconds(500), (await waits[0]).Results[0].Duration);
    }

    [Fact]
    public async Task Probe_NobodyWaitsAnyMore_IsAskedNoMore()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnResource("api") with { Timeout = TimeSpan.FromMilliseconds(150) });
        await AnswerAsync(0.5);
        await PassAsync(TimeSpan.FromMilliseconds(100));
        await AnswerAsync(0.5);
        await PassAsync(TimeSpan.FromMilliseconds(50));

        Assert.Equal("the availability is 0.5, but 1 is needed", (await wait).Results[0].Failure!.Detail);
        await UntilAsync(() => _bench.Clock.NextDue is null);
    }

    [Fact]
    public async Task Probe_WaiterWithAShorterInterval_IsAskedAtItsInterval()
    {
        var slow = Dependency.OnResource("api") with { Metadata = new ResourceMetadata { CheckInterval = TimeSpan.FromSeconds(10) } };
        _ = _bench.WaitAsync("a", slow);
        await AnswerAsync(0);
        await UntilAsync(() => _bench.Clock.NextDue == _bench.Clock.GetUtcNow().AddSeconds(10));

        _ = _bench.WaitAsync("b", Dependency.OnResource("api"));

        Assert.Equal(_bench.Clock.GetUtcNow().AddMilliseconds(100), _bench.Clock.NextDue);
    }

    [Fact]
    public async Task Probe_Throws_IsRetriedAfter1And2And4SecondsAndThenFails()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnResource("api"));
        await ThrowAsync();
        foreach (var seconds in new[] { 1, 2, 4 })
        {
            await PassAsync(TimeSpan.FromSeconds(seconds));
            await ThrowAsync();
        }

        var result = Assert.Single((await wait).Results);
        Assert.Equal((DependencyStatus.Failed, 4, "refused", TimeSpan.FromSeconds(7)), (result.Status, result.Attempts, result.ErrorMessage, result.Duration));
    }

    [Fact]
    public async Task Probe_AnswersNoShare_FailsTheDependency()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnResource("api"));
        await AnswerAsync(double.NaN);

        Assert.Equal("SLW5472", (await wait).Results[0].Failure!.Code);
    }

    [Fact]
    public async Task Probe_ResourceIsMarkedMeanwhile_CountsAtOnce()
    {
        var wait = _bench.WaitAsync("b", Dependency.OnResource("api"));
        await UntilAsync(() => _probe.IsAsking);

        _bench.Resolver.MarkResourceAvailable("api");

        Assert.True((await wait).Success);
        await UntilAsync(() => !_probe.IsAsking);
    }

    [Fact]
    public async Task Probe_OldAnswer_IsNotBelieved()
    {
        var first = _bench.WaitAsync("a", Dependency.OnResource("api"));
        await AnswerAsync(1);
        await first;
        Assert.True((await _bench.WaitAsync("b", Dependency.OnResource("api"))).Success);
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));

        var later = _bench.WaitAsync("b", Dependency.OnResource("api"));
        await AnswerAsync(1);

        Assert.True((await later).Success);
        Assert.Equal(2, _probe.Asked);
    }

    private async Task AnswerAsync(double answer)
    {
        await UntilAsync(() => _probe.IsAsking);
        _probe.Answer(answer);
    }

    private async Task ThrowAsync()
    {
        await UntilAsync(() => _probe.IsAsking);
        _probe.Throw();
    }

    private async Task PassAsync(TimeSpan time)
    {
        await UntilAsync(() => _bench.Clock.NextDue == _bench.Clock.GetUtcNow() + time);
        _bench.Clock.Advance(time);
    }

    private sealed class ScriptedProbe : IResourceProbe
    {
        private TaskCompletionSource<double>? _answer;
        private int _atOnce;

        public int Asked { get; private set; }

        public int MostAtOnce { get; private set; }

        public bool IsAsking => Volatile.Read(ref _answer) is not null;

        public async ValueTask<double> ProbeAsync(string resourceId, CancellationToken cancellationToken)
        {
            Asked++;
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
            var answer = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _answer, answer);
            try
            {
                return await answer.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _atOnce);
                Interlocked.CompareExchange(ref _answer, null, answer);
            }
        }

        public void Answer(double answer) => Interlocked.Exchange(ref _answer, null)!.SetResult(answer);

        public void Throw() => Interlocked.Exchange(ref _answer, null)!.SetException(new InvalidOperationException("refused"));
    }
}
