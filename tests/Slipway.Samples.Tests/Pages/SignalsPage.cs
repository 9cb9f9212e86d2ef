#pragma warning disable // Written as a reader would write it who tries the page.
using System.Text.Json;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Samples.Tests.Pages;

/// <summary>The code of docs/concepts/signals.md.</summary>
internal static class SignalsPage
{
    public static async Task RunAsync()
    {
        var hub = new SignalHub();

        // An agent listens: completions of anybody, and whatever is addressed to it.
        var listening = Task.Run(async () =>
        {
            var options = new SignalSubscriptionOptions { AgentId = "tests", From = SignalStart.Beginning };
            await foreach (var signal in hub.Subscribe("build-1", options))
            {
                if (signal.As<AgentCompleted>().Payload is { IsSuccess: true } completed) Console.WriteLine($"{completed.AgentId} is done");
                if (signal.Payload is InterAgentMessage { RequiresResponse: true })
                    await hub.ReplyAsync(signal, new InterAgentMessage { MessageType = "answer", Message = "ready" });
            }
        });

        // Others tell and ask.
        hub.Publish("build-1", new AgentCompleted { AgentId = "models", QualityScore = 0.95 });
        var reply = await hub.RequestAsync("build-1", "models", "tests", new InterAgentMessage { MessageType = "question", Message = "ready?" });
        Console.WriteLine(reply.IsAnswered ? reply.Reply!.Payload : "no answer within 5 s");

        // A type of your own carries any JSON object.
        hub.Publish("build-1", new SignalDraft(new SignalType("cache.warmed"), JsonElement.Parse("""{"entries":17}""")) { Sender = "models" });

        hub.Complete("build-1"); // ends the loop once all is delivered
        await listening;
    }
}
