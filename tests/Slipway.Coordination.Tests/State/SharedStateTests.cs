using System.Text.Json;
using Slipway.Coordination.State;
using Slipway.Testing.Time;
using static Slipway.Coordination.Tests.State.Values;

namespace Slipway.Coordination.Tests.State;

public sealed class SharedStateTests
{
    private static readonly StateKey<Build> BuildKey = new("build", BuildJson.Default.Build);

    [Fact]
    public void Get_KeyNotThere_IsNothingEverywhere()
    {
        using var state = new SharedState();

        Assert.Null(state.Get("a"));
        Assert.False(state.TryGet("a", out _));
        Assert.False(state.TryGetEntry("a", out _));
        Assert.False(state.Has("a"));
        Assert.Null(state.Get(BuildKey));
        Assert.Contains("'a' at version 0", Assert.Throws<KeyNotFoundException>(() => state.GetRequired("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_Null_IsAValue()
    {
        using var state = new SharedState();

        Assert.Equal(1, state.Set("a", Json("null")));

        Assert.True(state.Has("a"));
        Assert.Equal(JsonValueKind.Null, state.Get("a")?.ValueKind);
        Assert.Equal(JsonValueKind.Null, state.GetRequired("a").ValueKind);
    }

    [Fact]
    public void Set_ThenDocumentDisposed_KeepsTheValue()
    {
        using var state = new SharedState();
        using (var document = JsonDocument.Parse("""{"x": [1, 2]}"""))
        {
            state.Set("a", document.RootElement);
            state.Update(new StateBatch().Set("b", document.RootElement.GetProperty("x")));
        }

        Assert.Equal("""a={"x": [1, 2]} b=[1, 2]""", Text(state.Snapshot()));
    }

    [Fact]
    public void Set_Typed_ComesBackTyped()
    {
        using var state = new SharedState();
        state.Set(BuildKey, new Build(2, null));
        state.Update(new StateBatch().Set(BuildKey with { Name = "other" }, new Build(3, "ü")));

        Assert.Equal(new Build(2, null), state.Get(BuildKey));
        Assert.Equal(new Build(3, "ü"), state.Snapshot().Get("other", BuildJson.Default.Build));
        state.Set("build", Json("\"text\""));
        Assert.Throws<JsonException>(() => state.Get(BuildKey));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void Set_KeyThatIsNone_Throws(string key)
    {
        using var state = new SharedState();

        Assert.Throws<ArgumentException>(() => state.Set(key, Number(1)));
        Assert.Throws<ArgumentException>(() => new StateBatch().Delete(key));
        Assert.Throws<ArgumentException>(() => state.Set("half a pair: \ud800", Number(1)));
        Assert.Throws<ArgumentException>(() => state.Set(new string('k', 513), Number(1)));
        Assert.Equal(1, state.Set(new string('k', 512), Number(1)));
    }

    [Fact]
    public void Set_UndefinedValue_Throws()
    {
        using var state = new SharedState();

        Assert.Throws<ArgumentException>(() => state.Set("a", default));
        Assert.Equal(0, state.Version);
    }

    [Fact]
    public void Initial_Values_AreVersionZero()
    {
        using var state = new SharedState(initial: [KeyValuePair.Create("a", Number(1))]);

        Assert.Equal((0L, 0L), (state.Version, state.Snapshot().VersionOf("a")));
        Assert.Empty(state.History());
    }

    [Fact]
    public void Update_Batch_IsOneVersionAndLastWriteOfAKeyCounts()
    {
        using var state = new SharedState(initial: [KeyValuePair.Create("old", Number(0))]);

        var result = state.Update(new StateBatch().Set("a", Number(1)).Set("b", Number(2)).Set("a", Number(3)).Delete("old").Delete("missing"), "agent");

        Assert.Equal((1L, true), (result.Version, result.IsAccepted));
        Assert.Equal("a=3 b=2", Text(state.Snapshot()));
        Assert.Equal(["1:update old 0->", "1:update b ->2", "1:update a ->3"], Texts(state.History()));
        Assert.All(state.History(), record => Assert.Equal("agent", record.ChangedBy));
    }

    [Fact]
    public void Update_BatchThatDoesNothing_MakesNoVersion()
    {
        using var state = new SharedState();

        Assert.Equal(new StateWriteResult(0), state.Update(new StateBatch()));
        Assert.Equal(new StateWriteResult(0), state.Update(new StateBatch().Delete("missing")));
        Assert.False(state.Delete("missing"));
        Assert.Equal(0, state.GetMetrics().Writes);
    }

    [Fact]
    public void Delete_KeyThatIsThere_IsTrueOnce()
    {
        using var state = new SharedState();
        state.Set("a", Json("null"));

        Assert.True(state.Delete("a", "agent"));
        Assert.False(state.Delete("a"));
        Assert.Equal(["2:delete a null->", "1:set a ->null"], Texts(state.History()));
    }

    [Fact]
    public void Snapshot_Taken_StaysAsItWas()
    {
        using var state = new SharedState();
        state.Set("a", Number(1));
        var snapshot = state.Snapshot();
        Assert.Same(snapshot, state.Snapshot());

        state.Update(new StateBatch().Set("a", Number(2)).Set("b", Number(3)));
        state.Clear();

        Assert.Equal((1L, "a=1"), (snapshot.Version, Text(snapshot)));
        Assert.Equal((3L, ""), (state.Version, Text(state.Snapshot())));
    }

    [Fact]
    public void Keys_Any_AreInOrdinalOrder()
    {
        using var state = new SharedState();
        foreach (var key in new[] { "b", "a", "Z", "ä", "a.b" }) state.Set(key, Number(1));

        Assert.Equal(["Z", "a", "a.b", "b", "ä"], state.Keys);
    }

    [Fact]
    public void CompareAndSet_OtherVersion_ChangesNothingAndSaysWhatItFound()
    {
        using var state = new SharedState();
        state.Set("a", Number(1));
        state.Set("b", Number(1));

        var refused = state.CompareAndSet(1, "a", Number(2));

        Assert.Equal(new StateVersionConflict(1, 2), refused.Problem);
        Assert.Equal((2L, "a=1 b=1"), (refused.Version, Text(state.Snapshot())));
        Assert.Equal(3, state.CompareAndSet(2, "a", Number(2)).Version);
        Assert.Equal(1, state.GetMetrics().Conflicts);
        Assert.Equal("error SLW5330: The state is at version 2, not at version 1 as expected. Fix: Read the state again and decide anew.", refused.Problem!.ToDiagnostic().ToString());
    }

    [Fact]
    public void CompareAndSetKey_OtherKeysWritten_IsNotDisturbed()
    {
        using var state = new SharedState();
        state.Set("a", Number(1));
        state.Set("b", Number(1));

        Assert.Equal(3, state.CompareAndSetKey("a", 1, Number(2)).Version);
        Assert.Equal(new StateKeyConflict("a", 1, 3), state.CompareAndSetKey("a", 1, Number(3)).Problem);
        Assert.Equal(new StateKeyConflict("a", null, 3), state.CompareAndSetKey("a", null, Number(3)).Problem);
        Assert.Equal(new StateKeyConflict("c", 1, null), state.CompareAndSetKey("c", 1, Number(3)).Problem);
        Assert.Equal(4, state.CompareAndSetKey("c", null, Number(3)).Version);
    }

    [Fact]
    public void CompareAndSetKey_DeletedAndSetAgain_IsAnotherVersion()
    {
        using var state = new SharedState();
        state.Set("a", Number(1));
        state.Delete("a");
        state.Set("a", Number(1));

        Assert.Equal(new StateKeyConflict("a", 1, 3), state.CompareAndSetKey("a", 1, Number(2)).Problem);
    }

    [Fact]
    public void History_KeyAndLimit_GivesTheNewestOfThatKey()
    {
        var clock = new ManualTimeProvider();
        using var state = new SharedState(new SharedStateOptions { Time = clock });
        for (var i = 1; i <= 6; i++)
        {
            state.Set(i % 2 == 0 ? "even" : "odd", Number(i), $"agent-{i}");
            clock.Advance(TimeSpan.FromTicks((1_500 * TimeSpan.TicksPerMillisecond) + 17));
        }

        var history = state.History("even", 2);

        Assert.Equal(["6:set even 4->6", "4:set even 2->4"], Texts(history));
        Assert.Equal(["agent-6", "agent-4"], history.Select(record => record.ChangedBy));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 12, 0, 7, 500, TimeSpan.Zero), history[0].Timestamp);
        Assert.Empty(state.History(limit: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => state.History(limit: -1));
    }

    [Fact]
    public void History_Full_DropsTheOldestVersionsWholeAndCountsThem()
    {
        using var state = new SharedState(new SharedStateOptions { MaxHistorySize = 3 });
        state.Update(new StateBatch().Set("a", Number(1)).Set("b", Number(1)));
        state.Set("a", Number(2));
        state.Set("a", Number(3));

        Assert.Equal(["3:set a 2->3", "2:set a 1->2"], Texts(state.History()));
        var metrics = state.GetMetrics();
        Assert.Equal((2, 2L, 1L), (metrics.HistorySize, metrics.HistoryDropped, metrics.OldestKeptVersion));
        Assert.Equal(new StateVersionNotKept(0, 1), state.Rollback(0).Problem);
        Assert.True(state.Rollback(1).IsAccepted);
        Assert.Equal("a=1 b=1", Text(state.Snapshot()));
    }

    [Fact]
    public void History_BatchLargerThanItsBound_IsNotKept()
    {
        using var state = new SharedState(new SharedStateOptions { MaxHistorySize = 2 });
        state.Update(new StateBatch().Set("a", Number(1)).Set("b", Number(1)).Set("c", Number(1)));

        Assert.Empty(state.History());
        Assert.Equal(new StateVersionNotKept(0, 1), state.Rollback(0).Problem);
        Assert.Equal("a=1 b=1 c=1", Text(state.Snapshot()));
    }

    [Fact]
    public void ClearHistory_Kept_ForgetsItAndRefusesEarlierVersions()
    {
        using var state = new SharedState();
        state.Set("a", Number(1));
        state.Set("a", Number(2));

        Assert.Equal(2, state.ClearHistory());

        Assert.Empty(state.History());
        Assert.Equal(new StateVersionNotKept(1, 2), state.Rollback(1).Problem);
        Assert.Equal(3, state.Rollback(2).Version);
        Assert.Equal(0, state.GetMetrics().HistoryDropped);
    }

    [Fact]
    public void Rollback_FutureOrNegative_IsRefusedAsAValue()
    {
        using var state = new SharedState();
        state.Set("a", Number(1));

        Assert.Equal(new StateVersionInFuture(2, 1), state.Rollback(2).Problem);
        Assert.Equal(new StateVersionNotKept(-1, 0), state.Rollback(-1).Problem);
        Assert.Equal(1, state.Version);
        Assert.Equal("SLW5332", state.Rollback(2).Problem!.ToDiagnostic().Code);
        Assert.Equal("SLW5333", state.Rollback(-1).Problem!.ToDiagnostic().Code);
    }

    [Fact]
    public void Propose_NotApplied_ChangesNothingAndAppliedIsThatChange()
    {
        using var state = new SharedState();
        var proposal = state.Propose(new StateBatch().Set("a", Number(1)).Set("b", Json("null")), "agent");
        Assert.Equal((0L, 1L), (state.Version, proposal.Change!.Version));

        Assert.Equal(1, state.Apply(proposal.Change).Version);
        Assert.Equal("a=1 b=null", Text(state.Snapshot()));
        Assert.Equal(new StateVersionConflict(0, 1), state.Apply(proposal.Change).Problem);
        Assert.Equal(new StateVersionConflict(0, 1), state.Propose(new StateBatch().Expect(0).Delete("a")).Problem);
        Assert.Equal(["a", "b"], state.ProposeClear().Change!.Writes.Select(write => write.Key));
        Assert.Equal(StateOperation.Rollback, state.ProposeRollback(0).Change!.Operation);
        Assert.Equal(1, state.Version);
    }

    [Fact]
    public void Apply_RecordedChanges_GiveTheSameStateAndHistory()
    {
        using var first = new SharedState();
        var recorded = new List<StateChange>();
        void Do(StateProposal proposal)
        {
            recorded.Add(proposal.Change!);
            first.Apply(proposal.Change!);
        }

        Do(first.Propose(new StateBatch().Set("a", Number(1)), "one"));
        Do(first.Propose(new StateBatch().Set("a", Json("null")).Set("b", Number(2))));
        Do(first.ProposeClear("two"));
        Do(first.ProposeRollback(2));

        using var second = new SharedState();
        foreach (var change in recorded)
        {
            var bare = new StateChange
            {
                Version = change.Version,
                Operation = change.Operation,
                Timestamp = change.Timestamp,
                ChangedBy = change.ChangedBy,
                Writes = [.. change.Writes.Select(write => write with { OldValue = null })],
            };
            Assert.True(second.Apply(bare).IsAccepted);
        }

        Assert.Equal("a=null b=2", Text(second.Snapshot()));
        Assert.Equal(Texts(first.History()), Texts(second.History()));
        Assert.Equal(first.History().Select(record => (record.Timestamp, record.ChangedBy)), second.History().Select(record => (record.Timestamp, record.ChangedBy)));
        Assert.Equal("a=1", Text(After(second.Rollback(1), second)));
    }

    [Fact]
    public void GetMetrics_Used_CountsReadsAndWrites()
    {
        using var state = new SharedState();
        state.Set("a", Number(1));
        state.Get("a");
        state.Has("b");
        state.TryGet("a", out _);
        state.Snapshot().Get("a");

        var metrics = state.GetMetrics();

        Assert.Equal((1L, 1, 3L, 1L, 0L, 1, 0), (metrics.Version, metrics.Keys, metrics.Reads, metrics.Writes, metrics.Conflicts, metrics.HistorySize, metrics.Watchers));
    }

    [Fact]
    public void Dispose_State_CanBeReadNotWritten()
    {
        var state = new SharedState();
        state.Set("a", Number(1));
        state.Dispose();

        Assert.Equal("a=1", Text(state.Snapshot()));
        Assert.Throws<ObjectDisposedException>(() => state.Set("a", Number(2)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_000_001)]
    public void Options_OutOfRange_Throw(int maxHistorySize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SharedState(new SharedStateOptions { MaxHistorySize = maxHistorySize }));

    private static StateSnapshot After(StateWriteResult result, SharedState state)
    {
        Assert.True(result.IsAccepted);
        return state.Snapshot();
    }
}
