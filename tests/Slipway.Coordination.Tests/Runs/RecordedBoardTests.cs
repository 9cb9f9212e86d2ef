using Slipway.Coordination.Agents;
using Slipway.Coordination.Board;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>What agents shared can be read from the journal alone.</summary>
public sealed class RecordedBoardTests
{
    [Fact]
    public async Task Load_OfARunThatEnded_HoldsWhatItsAgentsShared()
    {
        var test = new TestRun().With("share", async (context, _) =>
        {
            for (var i = 0; i < 3; i++) await context.Board.PublishAsync(new SignalDraft(new SignalType("found"), Json($$"""{"n":{{i}}}""")));
            await context.Board.UpdateStateAsync(new StateBatch().Set("a", Json("1")));
            await context.Board.UpdateStateAsync(new StateBatch().Set("a", Json("2")));
            await context.Board.UpdateGateAsync("unit", 0.7, "one");
            await context.Board.UpdateGateAsync("unit", 0.9, "two");
            return StepOutcome.Success;
        });
        await test.StartAsync(StepOf("s", "share"));

        var board = (await RecordedBoard.LoadAsync(test.Journal, Id))!;

        Assert.Equal(3, board.SignalCount);
        Assert.Equal([3, 2], board.GetSignals(new SignalHistoryQuery { Limit = 2 }).Select(signal => signal.Position));
        Assert.Equal((2, 2), (board.State.Version, board.State.GetRequired("a").GetInt32()));
        Assert.Equal([2, 1], board.GetStateHistory("a").Select(change => change.Version));
        Assert.Equal(0.9, Assert.Single(board.Gates).Score);
        Assert.Equal(["two", "one"], board.GetGateHistory("unit").Scores.Select(score => score.By));
    }

    [Fact]
    public async Task Load_WhereNothingWasShared_IsEmptyAndOfAnUnknownRunIsNull()
    {
        var test = new TestRun();
        await test.StartAsync(StepOf("a"));

        var board = (await RecordedBoard.LoadAsync(test.Journal, Id))!;

        Assert.Equal((0L, 0L, 0), (board.SignalCount, board.State.Version, board.Gates.Count));
        Assert.Empty(board.GetSignals());
        Assert.Null(await RecordedBoard.LoadAsync(test.Journal, "another"));
    }
}
