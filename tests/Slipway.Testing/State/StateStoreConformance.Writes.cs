using System.Text.Json;
using Slipway.Coordination.State;
using Slipway.Coordination.State.Stores;
using Xunit;

namespace Slipway.Testing.State;

/// <content>Loading, appending, trimming and deleting.</content>
public abstract partial class StateStoreConformance
{
    /// <summary>A state begins empty, and asking again begins no second one.</summary>
    [Fact]
    public async Task LoadAsync_UnknownState_BeginsAnEmptyOne()
    {
        var image = await Store.LoadAsync("state");

        Assert.Equal(("state", 0L, 0), (image.Handle.Name, image.Version, image.Entries.Count));
        Assert.Equal(image.Handle, (await Store.LoadAsync("state")).Handle);
        Assert.Equal(image.Handle, (await (await ReopenAsync()).LoadAsync("state")).Handle);
        Assert.Equal(["state"], await ToListAsync(Store.ListAsync()));
    }

    /// <summary>A name has 1 to 200 characters, none of them a control character.</summary>
    [Fact]
    public async Task LoadAsync_NameOutOfRange_Throws()
    {
        foreach (var name in new[] { "", new string('x', 201), "a\nb" })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.LoadAsync(name));
        }

        Assert.NotNull(await Store.LoadAsync(new string('x', 200)));
    }

    /// <summary>What was appended is what is loaded: the newest value of each key, with the version that set it.</summary>
    [Fact]
    public async Task AppendAsync_SetsAndDeletes_AreWhatIsLoaded()
    {
        var handle = await BeginAsync();

        Assert.Equal(new StateAppend(StateAppendStatus.Appended, 1), await Store.AppendAsync(handle, [Change(1, ("a", "1"), ("b", "[2]"), ("c", "3"))]));
        Assert.Equal(
            new StateAppend(StateAppendStatus.Appended, 3),
            await Store.AppendAsync(handle, [Change(2, ("b", null), ("a", "{\"x\":\"ü\"}")), Change(3, ("d", "true"), ("missing", null))]));

        var image = await (await ReopenAsync()).LoadAsync("state");
        Assert.Equal("""a={"x":"ü"}@2 c=3@1 d=true@3""", Text(image));
        Assert.Equal((3L, Start.AddMilliseconds(3)), (image.Version, image.Timestamp));
    }

    /// <summary>A JSON null is a value; a key that is not there has none.</summary>
    [Fact]
    public async Task AppendAsync_Nulls_StayNulls()
    {
        var handle = await BeginAsync();
        await Store.AppendAsync(handle, [Change(1, ("a", "null"), ("b", "1")), Change(2, ("b", "null"))]);

        Assert.Equal("a=null@1 b=null@2", Text(await Store.LoadAsync("state")));
        var changes = await ToListAsync(Store.ReadChangesAsync(handle, 0));
        Assert.Equal(JsonValueKind.Null, changes[1].Writes[0].NewValue?.ValueKind);
    }

    /// <summary>Every part of a change comes back, old values too.</summary>
    [Fact]
    public async Task AppendAsync_Change_ComesBackAsItWas()
    {
        var handle = await BeginAsync();
        await Store.AppendAsync(handle, [Change(1, ("a", "1"), ("b", "null"))]);
        var change = new StateChange
        {
            Version = 2,
            Operation = StateOperation.Rollback,
            Timestamp = Start.AddMilliseconds(7),
            ChangedBy = "лодка ⛵",
            Writes = [new StateWrite("a", Json("1"), null), new StateWrite("b", Json("null"), Json("{\"x\": [1.50, \"\\u0000\"]}"))],
        };
        await Store.AppendAsync(handle, [change]);

        var read = Assert.Single(await ToListAsync(Store.ReadChangesAsync(handle, 1)));
        Assert.Equal((2L, StateOperation.Rollback, Start.AddMilliseconds(7), "лодка ⛵"), (read.Version, read.Operation, read.Timestamp, read.ChangedBy));
        Assert.Equal(["a", "b"], read.Writes.Select(write => write.Key));
        Assert.Equal((1, null), (read.Writes[0].OldValue?.GetInt32(), read.Writes[0].NewValue));
        Assert.Equal(JsonValueKind.Null, read.Writes[1].OldValue?.ValueKind);
        Assert.Equal("1.50", read.Writes[1].NewValue?.GetProperty("x")[0].GetRawText());
        Assert.Equal("\0", read.Writes[1].NewValue?.GetProperty("x")[1].GetString());
    }

    /// <summary>A version may differ from the one before in nothing but its number.</summary>
    [Fact]
    public async Task AppendAsync_ChangeWithoutWrites_IsAVersion()
    {
        var handle = await BeginAsync();

        Assert.Equal(1, (await Store.AppendAsync(handle, [Change(1)])).Version);

        Assert.Equal(1, (await Store.LoadAsync("state")).Version);
        Assert.Empty(Assert.Single(await ToListAsync(Store.ReadChangesAsync(handle, 0))).Writes);
    }

    /// <summary>Another was first, or the caller has missed something: nothing is appended, and no exception thrown.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task AppendAsync_OtherVersion_AppendsNothing(long version)
    {
        var handle = await BeginWithAsync(3);

        var append = await Store.AppendAsync(handle, [Change(version, ("a", "\"late\"")), Change(version + 1, ("b", "1"))]);

        Assert.Equal(new StateAppend(StateAppendStatus.Conflict, 3), append);
        Assert.Equal("a=3@3", Text(await Store.LoadAsync("state")));
        Assert.Equal(4, (await Store.AppendAsync(handle, [Change(4, ("a", "4"))])).Version);
    }

    /// <summary>No changes, or a gap between them, are mistakes of the caller.</summary>
    [Fact]
    public async Task AppendAsync_NoChangesOrAGap_Throws()
    {
        var handle = await BeginAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.AppendAsync(handle, []));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.AppendAsync(handle, [Change(1, ("a", "1")), Change(3, ("a", "3"))]));
        Assert.Equal(0, (await Store.LoadAsync("state")).Version);
    }

    /// <summary>Of many that make one version, one wins, whole.</summary>
    [Fact]
    public async Task AppendAsync_ManyMakeOneVersion_OneWins()
    {
        var handle = await BeginAsync();
        var other = await ReopenAsync();

        var appends = await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Task.Run(async () =>
        {
            var append = await (number % 2 == 0 ? Store : other).AppendAsync(handle, [Change(1, ("a", $"{number}"), ("b", $"{number}"))]);
            return (number, append.Status);
        })));

        var (winner, _) = Assert.Single(appends, append => append.Status is StateAppendStatus.Appended);
        Assert.All(appends.Where(append => append.number != winner), append => Assert.Equal(StateAppendStatus.Conflict, append.Status));
        Assert.Equal($"a={winner}@1 b={winner}@1", Text(await Store.LoadAsync("state")));
    }

    /// <summary>States are nothing to each other, however much their names are alike.</summary>
    [Fact]
    public async Task AppendAsync_NamesAlike_StayApart()
    {
        string[] names = ["State", "state", "state ", "state/1", "лодка'; drop table states --"];
        foreach (var name in names) await Store.AppendAsync(await BeginAsync(name), [Change(1, (name, "1"), ("A", "2"), ("a", "3"))]);

        Assert.Equal(names.Order(StringComparer.Ordinal), await ToListAsync(Store.ListAsync()));
        foreach (var name in names)
        {
            var image = await Store.LoadAsync(name);
            Assert.Equal(3, image.Entries.Count);
            Assert.Contains(image.Entries, entry => entry.Key == name);
        }
    }

    /// <summary>Values are as large as they must be, and there may be many.</summary>
    [Fact]
    public async Task AppendAsync_LargeValueAndManyKeys_ComeBack()
    {
        var handle = await BeginAsync();
        var large = JsonSerializer.Serialize(string.Concat(Enumerable.Repeat("0123456789 ⛵\n\"", 80_000)));
        await Store.AppendAsync(handle, [Change(1, [("large", large), .. Enumerable.Range(0, 2_000).Select(number => ($"key-{number}", (string?)$"{number}"))])]);

        var image = await Store.LoadAsync("state");
        Assert.Equal(2_001, image.Entries.Count);
        Assert.Equal(Json(large).GetString(), image.Entries.Single(entry => entry.Key == "large").Value.Value.GetString());
    }

    /// <summary>Who has given up before it began has appended nothing.</summary>
    [Fact]
    public async Task AppendAsync_CancelledBefore_AppendsNothing()
    {
        var handle = await BeginAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.AppendAsync(handle, [Change(1, ("a", "1"))], new CancellationToken(canceled: true)));

        Assert.Equal(0, (await Store.LoadAsync("state")).Version);
    }

    /// <summary>Trimming forgets changes, not values, and not versions.</summary>
    [Fact]
    public async Task TrimAsync_OldChanges_AreForgottenAndValuesStay()
    {
        var handle = await BeginWithAsync(5);
        await Store.AppendAsync(handle, [Change(6, ("b", "6"))]);

        await Store.TrimAsync(handle, 0);
        Assert.Equal([1L, 2, 3, 4, 5, 6], await ReadVersionsAsync(handle));
        await Store.TrimAsync(handle, 4);
        Assert.Equal([5L, 6], await ReadVersionsAsync(handle));
        await Store.TrimAsync(handle, 100);

        Assert.Empty(await ReadVersionsAsync(handle));
        Assert.Equal("a=5@5 b=6@6", Text(await Store.LoadAsync("state")));
        Assert.Equal(7, (await Store.AppendAsync(handle, [Change(7, ("a", "7"))])).Version);
    }

    /// <summary>A state that is gone is gone for those who still hold it, also when another of its name was begun.</summary>
    [Fact]
    public async Task DeleteAsync_State_IsGoneForWhoHoldsItEvenAfterItWasBegunAnew()
    {
        var old = await BeginWithAsync(2);

        Assert.True(await Store.DeleteAsync("state"));
        Assert.False(await Store.DeleteAsync("state"));
        Assert.Equal(StateAppendStatus.Deleted, (await Store.AppendAsync(old, [Change(3, ("a", "3"))])).Status);
        Assert.Empty(await ToListAsync(Store.ListAsync()));
        var image = await Store.LoadAsync("state");

        Assert.NotEqual(old, image.Handle);
        Assert.Equal((0L, 0), (image.Version, image.Entries.Count));
        Assert.Equal(StateAppendStatus.Deleted, (await Store.AppendAsync(old, [Change(1, ("a", "1"))])).Status);
        await Store.TrimAsync(old, 1);
        Assert.Equal(1, (await Store.AppendAsync(image.Handle, [Change(1, ("b", "1"))])).Version);
        Assert.Empty(await ReadVersionsAsync(old));
        Assert.Equal([1L], await ReadVersionsAsync(image.Handle));
    }
}
