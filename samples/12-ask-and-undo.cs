using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Samples;

/// <summary>A step that a person must allow, that locks what it modifies and says how to undo it. Another fails, and the run is rolled back.</summary>
internal static class AskAndUndo
{
    public static async Task RunAsync()
    {
        var coordination = new CoordinationBuilder()
            .Configure(options => options with { ApprovalWait = ApprovalWait.Pause })   // or wait for the person, by default
            .AddAgent("deploy", (context, _) => Say($"deploying under lock {context.LockToken}, allowed by {context.Decision!.By}", StepOutcome.Success))
            .AddAgent("undeploy", (context, _) => Say($"undoing {context.Input.GetProperty("step")}", StepOutcome.Success))
            .AddAgent("check", (_, _) => Say("checking", StepOutcome.Failed(new Failure { Code = "E1", Kind = FailureKind.Permanent, Message = "not healthy" })))
            .Build();
        var plan = new Plan
        {
            Name = "release",
            Steps =
            [
                new Step
                {
                    Id = "deploy",
                    Agent = "deploy",
                    Modifies = ["k8s:prod/deployment/api"],
                    Approval = new ApprovalPolicy { Question = "Deploy to production?", Approvers = ["ann"], Expiry = TimeSpan.FromHours(8) },
                    Compensation = new CompensationAction { Agent = "undeploy" },
                },
                new Step { Id = "check", Agent = "check", DependsOn = ["deploy"], Criticality = Criticality.Critical },
            ],
        };

        var engine = coordination.Engine;
        var waiting = await engine.StartAsync(new RunRequest { RunId = "release-7", Plan = plan, Deadline = TimeSpan.FromDays(1) });
        var question = waiting.Run!["deploy"].OpenQuestion!;
        Console.WriteLine($"{waiting.Status}: {question.Policy.Question}");
        await coordination.Approvals.DecideAsync(question.ApprovalId, new ApprovalDecision { IsApproved = true, By = "ann", Note = "go" });
        Console.WriteLine((await engine.ResumeAsync("release-7")).Status);

        var undone = await engine.RollBackAsync("release-7", "the check failed");
        Console.WriteLine($"{undone.Status}, deploy is {undone.Run!["deploy"].State}");
    }

    private static ValueTask<StepOutcome> Say(string line, StepOutcome outcome)
    {
        Console.WriteLine(line);
        return ValueTask.FromResult(outcome);
    }
}
