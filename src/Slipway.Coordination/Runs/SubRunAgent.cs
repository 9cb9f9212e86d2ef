using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Runs the plan in the step's input, <c>{"plan": …}</c>, as a run below the step. Its output is <c>{"run", "status", "outputs"}</c> with
/// the outputs of the plan's steps by id. A sub-run that is paused suspends the step; one that fails fails it, and a retry of the step goes on with it.
/// </summary>
public sealed class SubRunAgent : IAgent
{
    /// <inheritdoc/>
    public async ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        Plan plan;
        try
        {
            plan = PlanJson.Read(JsonFields.Required(context.Input, "plan"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Failed("SLW5014", $"the input holds no plan: {exception.Message}");
        }

        var result = await context.RunSubPlanAsync("plan", plan, cancellationToken).ConfigureAwait(false);
        if (result.Problems is [var problem, ..]) return Failed(problem.Code, problem.Summary);
        return result.Status switch
        {
            RunStatus.Succeeded or RunStatus.PartiallySucceeded => StepOutcome.Succeeded(Describe(result)),
            RunStatus.Paused => StepOutcome.Suspended($"its sub-run '{result.Run!.RunId}' is paused"),
            var status => Failed("SLW5014", $"its sub-run '{result.Run!.RunId}' ended as {RunNames.Of(status!.Value)}"),
        };
    }

    private static StepOutcome Failed(string code, string message) =>
        StepOutcome.Failed(new Failure { Code = code, Kind = FailureKind.Permanent, Message = message });

    private static JsonElement Describe(RunResult result) => JsonFields.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("run", result.Run!.RunId);
        writer.WriteString("status", RunNames.Of(result.Run.Status));
        writer.WriteStartObject("outputs");
        foreach (var step in result.Run.Steps)
        {
            if (step.State is StepState.Succeeded) JsonFields.WriteElement(writer, step.Step.Id, step.Output);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
