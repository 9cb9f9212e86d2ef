using System.Text.Json;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>The example of docs/concepts/signals.md.</summary>
public sealed class SignalExampleTests
{
    [Fact]
    public async Task Example_OfTheDocumentation_Works()
    {
        var said = new List<string>();
        var hub = new SignalHub();
        var listening = Task.Run(async () =>
        {
            var options = new SignalSubscriptionOptions { AgentId = "tests", From = SignalStart.Beginning };
            await foreach (var signal in hub.Subscribe("build-1", options))
            {
                if (signal.As<AgentCompleted>().Payload is { IsSuccess: true } completed) said.Add($"{completed.AgentId} is done");
                if (signal.Payload is InterAgentMessage { RequiresResponse: true })
                    await hub.ReplyAsync(signal, new InterAgentMessage { MessageType = "answer", Message = "ready" });
            }
        });

        hub.Publish("build-1", new AgentCompleted { AgentId = "models", QualityScore = 0.95 });
        var reply = await hub.RequestAsync("build-1", "models", "tests", new InterAgentMessage { MessageType = "question", Message = "ready?" });
        hub.Publish("build-1", new SignalDraft(new SignalType("cache.warmed"), JsonElement.Parse("""{"entries":17}""")) { Sender = "models" });
        hub.Complete("build-1");
        await listening;

        Assert.Equal("ready", Assert.IsType<InterAgentMessage>(reply.Reply!.Payload).Message);
        Assert.Equal(["models is done"], said);
        Assert.Equal(4, hub.GetLastPosition("build-1"));
    }
}
