#pragma warning disable // Written as a reader would write it who tries the page.
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Recovery;

namespace Slipway.Samples.Tests.Pages;

/// <summary>The code of docs/concepts/agents.md.</summary>
internal static class AgentsPage
{
    public static async Task Run1Async()
    {
        var agents = new AgentRegistry();
        agents.Register(
            new AgentDescriptor { Name = "coder", Capabilities = ["csharp", "tests"], Priority = 80, MaxConcurrency = 4 },
            new DelegateAgent((context, token) => ValueTask.FromResult(StepOutcome.Success)));
        var matcher = new AgentMatcher(agents);
        agents.Add("anybody", new MatchingAgent(matcher));   // a step names it, and says "requires" in its input

        var match = matcher.Match(new AgentNeed { Requires = ["csharp"], Prefers = ["tests"] });
        foreach (var line in match.Explain()) Console.WriteLine(line);
        // requires csharp and prefers tests: coder
        // coder: 0.86 = capability 1 x 0.4 + idleness 1 x 0.2 + priority 0.8 x 0.2 + success 0.5 x 0.2
    }

    public static async Task Run2Async()
    {
        var policy = RecoveryPolicy.Of(
            new RecoveryRule { Name = "quota", Priority = 9, Pattern = "quota|rate limit", Strategy = new RetryRecovery { MaxRetries = 2, Delay = TimeSpan.FromMinutes(1) } },
            new RecoveryRule { Name = "other model", Kinds = [FailureKind.Permanent], Strategy = new AlternativePath { Agent = "second" } },
            new RecoveryRule { Name = "ask", Priority = 1, Strategy = new Escalation { To = ["ops"], Question = "Try again?" } });
        var failure = new Failure { Code = "E429", Kind = FailureKind.Permanent, Message = "Rate limit reached" };
        foreach (var line in RecoveryDecider.Decide(policy, failure, history: []).Explain()) Console.WriteLine(line);
        // E429 is answered with retry by the rule 'quota'
    }
}
