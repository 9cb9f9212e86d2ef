using System.Buffers;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.State;
using static Slipway.Coordination.Tests.State.Values;

namespace Slipway.Coordination.Tests.State;

public sealed class StateChangeJsonTests
{
    private static readonly StateChange Change = new()
    {
        Version = 7,
        Operation = StateOperation.Update,
        Timestamp = new DateTimeOffset(2026, 1, 2, 12, 0, 0, 250, TimeSpan.Zero),
        ChangedBy = "лодка",
        Writes = [new StateWrite("a", Json("null"), Json("1.50")), new StateWrite("b", Json("\"x\""), null), new StateWrite("c", null, Json("null"))],
    };

    [Fact]
    public void Write_Change_HasStableNamesAndOrder() => Assert.Equal(
        """{"version":7,"timestamp":"2026-01-02T12:00:00.250Z","operation":"update","changed_by":"лодка","writes":[{"key":"a","old_value":null,"new_value":1.50},{"key":"b","old_value":"x"},{"key":"c","new_value":null}]}""",
        Written(withOldValues: true));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_WhatWasWritten_GivesTheSame(bool withOldValues)
    {
        var text = Written(withOldValues);

        var read = StateChangeJson.Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(text, Written(withOldValues, read));
        Assert.Equal(withOldValues, read.Writes[0].OldValue is not null);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":"7","timestamp":"2026-01-02T12:00:00Z","operation":"set","writes":[]}""")]
    [InlineData("""{"version":7,"timestamp":"yesterday","operation":"set","writes":[]}""")]
    [InlineData("""{"version":7,"timestamp":"2026-01-02T12:00:00Z","operation":"erase","writes":[]}""")]
    [InlineData("""{"version":7,"timestamp":"2026-01-02T12:00:00Z","operation":"set","writes":[{}]}""")]
    public void Read_NoChange_Throws(string json) => Assert.Throws<JsonException>(() => StateChangeJson.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Write_Record_IsFlat()
    {
        using var state = new SharedState();
        state.Set("a", Json("null"), "agent");
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output)) StateChangeJson.Write(writer, state.History()[0] with { Timestamp = Change.Timestamp });

        Assert.Equal(
            """{"timestamp":"2026-01-02T12:00:00.250Z","version":1,"key":"a","operation":"set","new_value":null,"changed_by":"agent"}""",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private static string Written(bool withOldValues, StateChange? change = null)
    {
        var output = new ArrayBufferWriter<byte>();
        StateChangeJson.Write(output, change ?? Change, withOldValues);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
