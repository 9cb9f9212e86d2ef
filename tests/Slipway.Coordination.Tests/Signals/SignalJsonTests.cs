using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>The JSON form of a whole signal.</summary>
public sealed class SignalJsonTests
{
    private const string Full =
        """{"signal_id":"build-1/1","position":1,"signal_type":"agent_initialized","sender_agent_id":"a","recipient_agents":["b","c"],"timestamp":"2026-01-02T12:00:00.000Z","event_data":{"agent_id":"a","capabilities":[],"ready":true,"initialization_time_ms":0.5},"metadata":{"trace":"ä"},"coordination_id":"build-1","correlation_id":"k","reply_to":"build-0/9"}""";

    private const string Least =
        """{"signal_id":"build-1/1","position":1,"signal_type":"noted","sender_agent_id":"system","recipient_agents":[],"timestamp":"2026-01-02T12:00:00.000Z","event_data":{},"metadata":{},"coordination_id":"build-1"}""";

    private readonly SignalRoom _room = new();

    private SignalDraft FullDraft { get; } = new(new AgentInitialized { AgentId = "a", InitializationTimeMs = 0.5 })
    {
        Sender = "a",
        Recipients = ["b", "c"],
        Metadata = Json("""{"trace":"ä"}"""),
        CorrelationId = "k",
        ReplyTo = "build-0/9",
    };

    [Fact]
    public void Write_Signal_HasStableNamesAndOrder()
    {
        Assert.Equal(Full, Text(_room.Publish(FullDraft)));
        Assert.Equal(Least, Text(new SignalRoom().Publish(new SignalDraft(Noted))));
    }

    [Fact]
    public void Write_InAnotherCulture_IsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            strange.NumberFormat.NumberDecimalSeparator = ",";
            strange.NumberFormat.NegativeSign = "minus ";
            strange.DateTimeFormat.TimeSeparator = ".";
            CultureInfo.CurrentCulture = strange;
            Assert.Equal(Full, Text(_room.Publish(FullDraft)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(Full)]
    [InlineData(Least)]
    public void Read_WhatWasWritten_GivesTheSameSignal(string text) => Assert.Equal(text, Text(SignalJson.Read(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Read_UnknownPropertiesAndMissingOptionalOnes_IsFine()
    {
        var signal = SignalJson.Read(Json(
            """{"new":1,"position":3,"signal_type":"noted","sender_agent_id":"a","timestamp":"2026-01-02T13:00:00+01:00","coordination_id":"c"}"""));

        Assert.Equal(("c/3", TimeSpan.Zero, 12), (signal.Id, signal.Timestamp.Offset, signal.Timestamp.Hour));
        Assert.True(signal.IsBroadcast);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"position":0,"signal_type":"noted","sender_agent_id":"a","timestamp":"2026-01-02T12:00:00Z","coordination_id":"c"}""")]
    [InlineData("""{"position":1,"signal_type":7,"sender_agent_id":"a","timestamp":"2026-01-02T12:00:00Z","coordination_id":"c"}""")]
    [InlineData("""{"position":1,"signal_type":"noted","sender_agent_id":"a","timestamp":"yesterday","coordination_id":"c"}""")]
    [InlineData("""{"position":1,"signal_type":"noted","sender_agent_id":"a","timestamp":"2026-01-02T12:00:00Z","coordination_id":"c","event_data":[]}""")]
    [InlineData("""{"position":1,"signal_type":"noted","sender_agent_id":"a","timestamp":"2026-01-02T12:00:00Z","coordination_id":"c","recipient_agents":[null]}""")]
    public void Read_NoSignal_Throws(string text) => Assert.Throws<JsonException>(() => SignalJson.Read(Json(text)));

    private static string Text(Signal signal)
    {
        var output = new ArrayBufferWriter<byte>();
        SignalJson.Write(output, signal);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
