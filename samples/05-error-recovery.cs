using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Recovery;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;

namespace Slipway.Samples;

/// <summary>Recovery by rule: as a policy of a step, which the engine follows, and as routing rules for a loop of one's own. Both end.</summary>
internal static class ErrorRecovery
{
    public static async Task RunAsync()
    {
        var failure = new Failure { Code = "E429", Kind = FailureKind.Permanent, Message = "Rate limit reached" };
        var coordination = new CoordinationBuilder()
            .AddAgent("first_model", (_, _) => ValueTask.FromResult(StepOutcome.Failed(failure)))
            .AddAgent("second_model", (context, _) => ValueTask.FromResult(StepOutcome.Succeeded(JsonElement.Parse($"{context.Attempt}"))))
            .Build();
        var policy = RecoveryPolicy.Of(
            new RecoveryRule { Name = "quota", Priority = 9, Pattern = "rate limit", Strategy = new RetryRecovery { MaxRetries = 2, Delay = TimeSpan.Zero } },
            new RecoveryRule { Name = "other model", Kinds = [FailureKind.Permanent], Strategy = new AlternativePath { Agent = "second_model" } });
        var plan = new Plan { Name = "recovery", Steps = [new Step { Id = "model_gen", Agent = "first_model", Recovery = policy }] };
        var step = (await coordination.Engine.StartAsync("codegen-1", plan)).Run!["model_gen"];
        Console.WriteLine($"{step.State} at attempt {step.Output}, by {string.Join(", then ", step.Recoveries)}");

        var router = new SmartRouter(new RoutingOptions { RetryBudget = 3 });
        router.AddRouter(new ConditionalRouter(RoutingRuleSet.Of(new RoutingRule
        {
            RuleId = "error_retry",
            ConditionKey = "error_count",
            ConditionOperator = RuleOperator.Greater,
            ConditionValue = JsonElement.Parse("0"),
            Decision = RoutingDecision.Retry,
            Priority = 100,
        })));
        for (var errors = 0; errors <= 4; errors++)
        {
            var routing = router.Route(JsonElement.Parse($$"""{"error_count": {{errors}}}"""), "model_gen", retryCount: Math.Max(0, errors - 1));
            Console.WriteLine($"{errors} errors: {routing.Decision}");
        }
    }
}
