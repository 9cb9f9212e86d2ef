using System.Text.Json;
using Slipway.Coordination.Signals;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>A hub on a clock that only the test moves, and short ways to what the tests say often.</summary>
internal sealed class SignalRoom
{
    public const string Id = "build-1";

    public SignalRoom(SignalHubOptions? options = null) => Hub = new SignalHub((options ?? new SignalHubOptions()) with { Time = Clock });

    public ManualTimeProvider Clock { get; } = new();

    public SignalHub Hub { get; }

    public static SignalType Noted { get; } = new("noted");

    public static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public static SignalDraft Note(int number = 0, string sender = "system", params string[] recipients) =>
        new(Noted, Json($$"""{"number":{{number}}}""")) { Sender = sender, Recipients = recipients };

    public static int NumberOf(Signal signal) => signal.Data.GetProperty("number").GetInt32();

    public Signal Publish(SignalDraft draft)
    {
        var result = Hub.Publish(Id, draft);
        Assert.Empty(result.Problems);
        return result.Signal!;
    }

    public void PublishNotes(int first, int count)
    {
        for (var number = first; number < first + count; number++) Publish(Note(number));
    }

    public SignalSubscription Subscribe(SignalSubscriptionOptions? options = null) => Hub.Subscribe(Id, options);

    /// <summary>The positions of all that is there for a subscription now.</summary>
    public static List<long> Drain(SignalSubscription subscription)
    {
        var positions = new List<long>();
        while (subscription.TryRead(out var signal)) positions.Add(signal.Position);
        return positions;
    }

    /// <summary>Reads to the end in the background.</summary>
    public static Task<List<long>> ReadToEndAsync(SignalSubscription subscription, CancellationToken cancellationToken = default) => Task.Run(async () =>
    {
        var positions = new List<long>();
        await foreach (var signal in subscription.WithCancellation(cancellationToken)) positions.Add(signal.Position);
        return positions;
    });

    public static IEnumerable<long> Positions(long first, int count) => Enumerable.Range(0, count).Select(offset => first + offset);
}
