using Slipway.Performance;
using Slipway.Performance.Probes;

namespace Slipway.Tests.Performance.Probes;

public sealed class ProbeRunTests
{
    private static readonly double[] OneToHundred = [.. Enumerable.Range(1, 100).Select(number => (double)number)];

    [Theory]
    [InlineData(Statistic.P50, 50)]
    [InlineData(Statistic.P99, 99)]
    [InlineData(Statistic.Max, 100)]
    [InlineData(Statistic.Mean, 50.5)]
    public void Values_OfSeveral_HoldTheChosenFigureAgainstTheTarget(Statistic statistic, double expected)
    {
        var run = Create(new BenchTarget("one", "One", "one thing", 60, "x") { Statistic = statistic });

        run.Values("one", [.. OneToHundred.Reverse()]);

        var result = Assert.Single(run.Results());
        Assert.Equal(expected, result.Figure);
        Assert.Equal((50, 99, 100), (result.P50, result.P99, result.Count));
        Assert.Equal(expected <= 60 ? Verdict.Pass : Verdict.Miss, result.Verdict);
    }

    [Theory]
    [InlineData("s", 2)]
    [InlineData("ms", 2_000)]
    [InlineData("µs", 2_000_000)]
    [InlineData("ns", 2_000_000_000)]
    public void Times_InSeconds_ComeInTheUnitOfTheTarget(string unit, double expected)
    {
        var run = Create(new BenchTarget("one", "One", "one thing", 1, unit));

        run.Times("one", [2]);

        Assert.Equal(expected, Assert.Single(run.Results()).Figure);
    }

    [Theory]
    [InlineData(9.9, Verdict.Miss)]
    [InlineData(10, Verdict.Pass)]
    public void Values_OfAFloor_MustReachIt(double figure, Verdict expected)
    {
        var run = Create(new BenchTarget("one", "One", "one thing", 10, "/s") { IsFloor = true });

        run.Values("one", [figure]);

        Assert.Equal(expected, Assert.Single(run.Results()).Verdict);
    }

    [Fact]
    public void Values_OfATargetThatIsNotWanted_AreDropped()
    {
        var run = Create(new BenchTarget("one", "One", "one thing", 10, "x"));

        run.Values("one", [1]);
        run.Values("other", [1]);

        Assert.Single(run.Results());
        Assert.False(run.Wants("other"));
    }

    [Fact]
    public void Fail_AfterSomeWereMeasured_KeepsThem()
    {
        var run = Create(new BenchTarget("one", "One", "one thing", 10, "x"), new BenchTarget("two", "Two", "another", 10, "x"));

        run.Values("one", [1]);
        run.Fail("the disk is full");

        Assert.Equal([Verdict.Pass, Verdict.Miss], run.Results().Select(result => result.Verdict));
    }

    [Fact]
    public void Sample_WarmUps_DoNotCount()
    {
        var calls = new List<int>();

        var figures = Create().Sample(20, call =>
        {
            calls.Add(call);
            return call;
        });

        Assert.Contains(-1, calls);
        Assert.All(figures, figure => Assert.True(figure >= 0));
    }

    private static ProbeRun Create(params BenchTarget[] targets) => new(TimeProvider.System, isQuick: true, "group", targets, CancellationToken.None);
}
