using Slipway.Performance;
using Slipway.Testing.Repository;

namespace Slipway.Tests.Performance;

public sealed class BenchRunnerTests
{
    [Fact]
    public void Targets_OfTheContract_AreAboutEveryRowOfItsTable()
    {
        if (RepositoryRoot.Shared("contracts", "coordination.md") is not { } file)
        {
            Assert.Skip("The contract is not beside this checkout.");
            return;
        }

        var rows = File.ReadLines(file).SkipWhile(line => !line.StartsWith("## 004.5", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|')[1].Trim());
        var operations = BenchRunner.Targets.Where(target => target.Source is TargetSource.Contract).Select(target => target.Operation).Distinct();

        Assert.Equal(rows.Order(StringComparer.Ordinal), operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_All_AreDistinctAndFitForACommandLine()
    {
        Assert.Distinct(BenchRunner.Names);
        Assert.All(BenchRunner.Names, name => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", name));
    }

    [Fact]
    public async Task RunAsync_WhereAPlaceCannotBeMade_MissesWithTheReasonAndGoesOn()
    {
        var report = await new BenchRunner(TimeProvider.System).RunAsync(
            new BenchOptions { Only = ["sqlite", "registry-register"], IsQuick = true, Sqlite = new NoPlace() }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("registry-register", report.Results[0].Target.Name);
        Assert.NotNull(report.Results[0].Figure);
        Assert.All(report.Results.Skip(1), result => Assert.Equal((Verdict.Miss, "it failed: no place"), (result.Verdict, result.Note)));
        Assert.All(report.Results.Skip(1), result => Assert.Equal(TargetSource.Goal, result.Target.Source));
        Assert.False(report.Succeeds(isStrict: false));
    }

    [Fact]
    public async Task RunAsync_OnlyAndSkip_LeaveWhatIsInOneAndNotInTheOther()
    {
        var report = await new BenchRunner(TimeProvider.System).RunAsync(
            new BenchOptions { Only = ["metrics"], Skip = ["metric-hundred", "metric-flush"], IsQuick = true }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["metric-record", "metric-record-time", "metric-record-bytes"], report.Results.Select(result => result.Target.Name));
        Assert.All(report.Results, result => Assert.Equal("metrics", result.Group));
    }

    [Theory]
    [InlineData(TargetSource.Contract, false, false)]
    [InlineData(TargetSource.Contract, true, false)]
    [InlineData(TargetSource.Goal, false, true)]
    [InlineData(TargetSource.Goal, true, false)]
    public void Succeeds_WithAMiss_DependsOnWhoSetTheTarget(TargetSource source, bool isStrict, bool isExpected)
    {
        var target = new BenchTarget("one", "One", "one thing", 1, "ms") { Source = source };
        var report = new BenchReport([new BenchResult(target, "group", Verdict.Miss) { Figure = 2 }], TimeSpan.Zero, IsQuick: false);

        Assert.Equal(isExpected, report.Succeeds(isStrict));
    }

    private sealed class NoPlace : IDurableBackend
    {
        public Task<IDurableStore> CreateAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no place");
    }
}
