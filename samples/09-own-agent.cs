using System.Collections.Concurrent;
using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Plans;

namespace Slipway.Samples;

/// <summary>An agent of one's own: it reads its input, fails as data, uses the idempotency key, tells how it goes, and can say whether a cut-off attempt had its effect.</summary>
internal sealed class OwnAgent : IVerifyingAgent
{
    private readonly ConcurrentDictionary<string, string> _sent = new();

    public ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (!context.Input.TryGetProperty("to", out var to))
            return ValueTask.FromResult(StepOutcome.Failed(new Failure { Code = "MAIL1", Kind = FailureKind.Permanent, Message = "the input names no recipient" }));
        context.Report($"writing to {to}", fraction: 0.5);
        _sent[context.StepId] = context.IdempotencyKey;
        return ValueTask.FromResult(StepOutcome.Succeeded(to));
    }

    public ValueTask<StepOutcome?> VerifyAsync(StepContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_sent.ContainsKey(context.StepId) ? StepOutcome.Success : null);

    public static async Task RunAsync()
    {
        var coordination = new CoordinationBuilder()
            .AddAgent(new AgentDescriptor { Name = "mail", Capabilities = ["smtp"], MaxConcurrency = 2 }, new OwnAgent())
            .Build();

        var result = await coordination.Engine.StartAsync("mail-1", new Plan
        {
            Name = "mail",
            Steps =
            [
                new Step { Id = "good", Agent = "mail", Input = JsonElement.Parse("""{"to": "ann"}"""), OnInterrupted = OnInterrupted.Verify },
                new Step { Id = "bad", Agent = "mail", Input = JsonElement.Parse("{}"), Criticality = Criticality.Optional },
                new Step { Id = "after", Agent = "mail", DependsOn = ["bad"] },
            ],
        });

        foreach (var step in result.Run!.Steps) Console.WriteLine($"{step.Step.Id}: {step.State} {step.Failure?.Message ?? step.Cause}".TrimEnd());
        Console.WriteLine(result.Status);
    }
}
