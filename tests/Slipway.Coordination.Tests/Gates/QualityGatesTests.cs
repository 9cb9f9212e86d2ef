using Slipway.Coordination.Gates;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Gates;

public sealed class QualityGatesTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(0.8, true)]
    [InlineData(0.80000001, true)]
    [InlineData(1, true)]
    [InlineData(0.79999999, false)]
    [InlineData(0, false)]
    public void Update_HigherIsBetter_PassesFromTheThresholdOn(double score, bool isPassed) =>
        Assert.Equal(isPassed, Board().Update("unit", score).Evaluation!.IsPassed);

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, true)]
    [InlineData(3.5, false)]
    [InlineData(400, false)]
    public void Update_LowerIsBetter_PassesUpToTheThreshold(double findings, bool isPassed)
    {
        var board = Board();
        Assert.Empty(board.Define(new QualityGate { Id = "scan", Type = GateType.Security, Threshold = 3, Direction = GateDirection.AtMost }));

        Assert.Equal(isPassed, board.Update("scan", findings).Evaluation!.IsPassed);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Update_ScoreOutOfRange_IsRefusedAndChangesNothing(double score)
    {
        var board = Board();
        board.Update("unit", 0.9);

        var (evaluation, problem) = board.Update("unit", score);

        Assert.Null(evaluation);
        Assert.Equal("SLW5451", problem!.Code);
        Assert.Equal(0.9, board.Evaluate("unit").Score);
    }

    [Fact]
    public void Define_SeveralFaults_NamesAllAtOnce() =>
        Assert.Equal(["SLW5450", "SLW5451"], Board().Define(new QualityGate { Id = "", Threshold = 80 }).Select(problem => problem.Code));

    [Fact]
    public void Evaluate_UnknownOrWithoutScore_HasNotPassed()
    {
        var board = Board();
        board.Define(new QualityGate { Id = "types", Type = GateType.TypeChecking, Threshold = 0 });

        Assert.Equal((GateStatus.NoScore, false), (board.Evaluate("types").Status, board.Evaluate("types").IsPassed));
        Assert.Equal((GateStatus.Unknown, false), (board.Evaluate("other").Status, board.Evaluate("other").IsPassed));
    }

    [Fact]
    public void Evaluation_OfEachStatus_ExplainsItself()
    {
        var board = Board();
        board.Define(new QualityGate { Id = "unit", Type = GateType.Coverage });
        Assert.Equal("coverage 'unit' has no score yet; it needs >= 0.8", board.Evaluate("unit").ToString());
        Assert.Equal("coverage 'unit' did not pass: 0.5 is not >= 0.8", board.Update("unit", 0.5).Evaluation!.ToString());
        Assert.Equal("coverage 'unit' passed: 0.85 >= 0.8", board.Update("unit", 0.85).Evaluation!.ToString());
        Assert.Equal("there is no gate 'other'", board.Evaluate("other").ToString());
    }

    [Fact]
    public void History_MoreThanFits_KeepsTheNewestAndCountsTheRest()
    {
        var board = Board(new QualityGatesOptions { MaxHistorySize = 2, Time = _clock });
        board.Update("unit", 0.1, "ann");
        _clock.Advance(TimeSpan.FromMinutes(1));
        board.Update("unit", 0.2, "bob");
        board.Update("unit", 0.3, "eve");

        var (scores, dropped) = board.History("unit");

        Assert.Equal([new GateScore(3, 0.3, "eve", _clock.GetUtcNow()), new GateScore(2, 0.2, "bob", _clock.GetUtcNow())], scores);
        Assert.Equal(1, dropped);
        Assert.Equal(3, Assert.Single(board.History("unit", 1).Scores).Number);
    }

    [Fact]
    public void Update_UndefinedGate_DefinesItWithItsType()
    {
        var board = Board();

        Assert.Equal((GateType.Linting, 0.8), (board.Update("style", 1, type: GateType.Linting).Evaluation!.Type, board.Evaluate("style").Threshold));
    }

    [Fact]
    public async Task Wait_ScoresBelowThenOnTheThreshold_EndsWithTheOneThatPasses()
    {
        var board = Board();
        var wait = board.WaitAsync("unit");
        board.Update("unit", 0.7);
        Assert.False(wait.IsCompleted);

        board.Update("unit", 0.8);

        Assert.Equal(0.8, (await wait).Score);
        Assert.Equal(0, board.WaiterCount);
    }

    [Fact]
    public async Task Wait_OwnThreshold_DoesNotFollowTheGates()
    {
        var board = Board();
        var strict = board.WaitAsync("unit", 0.95);
        board.Update("unit", 0.9);
        Assert.False(strict.IsCompleted);

        board.Update("unit", 0.95);

        Assert.True((await strict).IsPassed);
    }

    [Fact]
    public async Task Wait_DemandIsLowered_Ends()
    {
        var board = Board();
        board.Update("unit", 0.6);
        var wait = board.WaitAsync("unit");

        board.Define(new QualityGate { Id = "unit", Threshold = 0.5 });

        Assert.True((await wait).IsPassed);
    }

    [Fact]
    public async Task Wait_Cancelled_LeavesNothingBehind()
    {
        var board = Board();
        using var stop = new CancellationTokenSource();
        var wait = board.WaitAsync("unit", cancellationToken: stop.Token);
        Assert.Equal(1, board.WaiterCount);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(0, board.WaiterCount);
        Assert.False(board.IsKnown("unit"));
    }

    [Fact]
    public async Task Clear_WithWaiters_TellsThemThatTheGateIsUnknown()
    {
        var board = Board();
        board.Update("unit", 0.1);
        var wait = board.WaitAsync("unit");

        board.Clear();

        Assert.Equal(GateStatus.Unknown, (await wait).Status);
    }

    [Fact]
    public void Restore_FromAJournal_GivesTheSameHistory()
    {
        var (live, restored) = (Board(), Board());
        live.Update("unit", 0.4, "ann", GateType.Coverage);
        _clock.Advance(TimeSpan.FromHours(1));
        live.Update("unit", 0.9, "bob");

        foreach (var score in live.History("unit").Scores.Reverse()) restored.Restore("unit", GateType.Coverage, score.Score, score.By, score.At);

        Assert.Equal(live.Evaluate("unit"), restored.Evaluate("unit"));
        Assert.Equal(live.History("unit").Scores, restored.History("unit").Scores);
    }

    [Fact]
    public void Check_BeforeAnUpdate_SaysWhatItWouldSay()
    {
        var board = Board(new QualityGatesOptions { MaxGates = 1 });
        board.Update("unit", 1);

        Assert.Null(board.Check("unit", 0.5));
        Assert.Equal("SLW5451", board.Check("unit", 2)!.Code);
        Assert.Equal("SLW5452", board.Check("second", 0.5)!.Code);
        Assert.Equal("SLW5452", board.Update("second", 0.5).Problem!.Code);
    }

    [Theory]
    [InlineData("coverage")]
    [InlineData("my.own-gate_2")]
    public void GateType_UsersOwnName_EqualsItsLike(string name) => Assert.Equal(GateType.Of(name), GateType.Of(name));

    [Theory]
    [InlineData("")]
    [InlineData("Coverage")]
    [InlineData("a b")]
    public void GateType_OtherCharacters_AreRefused(string name) => Assert.Throws<ArgumentException>(() => GateType.Of(name));

    [Fact]
    public async Task Board_ManyThreads_LosesNoScoreAndNoWaiter()
    {
        var board = Board();
        var waits = Enumerable.Range(1, 64).Select(waiter => Task.Run(() => board.WaitAsync("unit", waiter / 64.0))).ToArray();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 1; i <= 250; i++) board.Update("unit", i / 250.0, $"writer {writer}");
        }));
        await Task.WhenAll(writers);
        board.Update("unit", 1);

        Assert.All(await Task.WhenAll(waits), evaluation => Assert.True(evaluation.IsPassed));
        var (scores, dropped) = board.History("unit");
        Assert.Equal(1001, scores.Count + dropped);
        Assert.Equal(Enumerable.Range(0, scores.Count).Select(i => 1001L - i), scores.Select(score => score.Number));
    }

    private QualityGates Board(QualityGatesOptions? options = null) => new("release", options ?? new QualityGatesOptions { Time = _clock });
}
