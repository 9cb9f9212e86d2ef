using System.Text.Json;
using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Agents;

/// <summary>
/// Lets a step say what it needs instead of who does it: it finds the best agent that fits and hands the step on, as it is, to the first
/// in the ranking with a free place. Where all are at capacity it waits for whichever of them is free first.
/// </summary>
public sealed class MatchingAgent : IAgent
{
    private readonly AgentMatcher _matcher;
    private readonly Func<StepContext, AgentNeed?> _need;

    /// <summary>An agent that hands steps on.</summary>
    /// <param name="matcher">Finds who can do them. It may match among the agents that this one is registered with.</param>
    /// <param name="need">
    /// What a step needs; null, or a result of null, when it does not say. Default: the lists <c>requires</c> and <c>prefers</c> of the step's input.
    /// </param>
    public MatchingAgent(AgentMatcher matcher, Func<StepContext, AgentNeed?>? need = null)
    {
        ArgumentNullException.ThrowIfNull(matcher);
        _matcher = matcher;
        _need = need ?? (context => NeedOf(context.Input));
    }

    /// <inheritdoc/>
    public async ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (_need(context) is not { IsEmpty: false } need)
            return Fail("SLW5550", FailureKind.Permanent, $"The step '{context.StepId}' does not say what it needs", null);

        var match = _matcher.Match(need);
        // Another that only hands on would hand it back.
        List<RegisteredAgent> fitting = [.. match.Fitting.Where(agent => agent.Agent is not MatchingAgent)];
        if (fitting.Count == 0)
        {
            // Who is only away or unlucky may be there at the next attempt.
            var mayChange = match.Scores.Any(score => score.Fit is AgentFit.NotActive or AgentFit.BelowFloor && score.Agent.Agent is not MatchingAgent);
            return Fail("SLW5551", mayChange ? FailureKind.Transient : FailureKind.Permanent, $"No agent fits the step '{context.StepId}'", string.Join('\n', match.Explain()));
        }

        var chosen = fitting.Find(agent => agent.Capacity?.TryAcquire() ?? true) ?? await AnyFreeAsync(fitting, cancellationToken);
        StepOutcome? outcome = null;
        chosen.BeginWork();
        try
        {
            context.Report($"handed on to {chosen.Name}");
            return outcome = await chosen.Agent.RunAsync(context, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return outcome = StepOutcome.Failed(FailureClassifier.FromException(exception, chosen.Name));
        }
        finally
        {
            chosen.EndWork(outcome);
            chosen.Capacity?.Release();
        }
    }

    private static StepOutcome Fail(string code, FailureKind kind, string message, string? detail) =>
        StepOutcome.Failed(new Failure { Code = code, Kind = kind, Message = message, Detail = detail });

    private static AgentNeed? NeedOf(JsonElement input) =>
        input.ValueKind is JsonValueKind.Object ? new AgentNeed { Requires = Texts(input, "requires"), Prefers = Texts(input, "prefers") } : null;

    private static List<string> Texts(JsonElement input, string name) =>
        input.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    /// <summary>Waits at all of them; the first place is kept, and what comes with it at others is given back.</summary>
    private static async Task<RegisteredAgent> AnyFreeAsync(List<RegisteredAgent> agents, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var places = agents.ConvertAll(agent => agent.Capacity!.AcquireAsync(waiting.Token).AsTask());
        await Task.WhenAny(places);
        await waiting.CancelAsync();
        RegisteredAgent? chosen = null;
        for (var i = 0; i < places.Count; i++)
        {
            await places[i].ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!places[i].IsCompletedSuccessfully) continue;
            if (chosen is null && !cancellationToken.IsCancellationRequested) chosen = agents[i];
            else agents[i].Capacity!.Release();
        }

        return chosen ?? throw new OperationCanceledException(cancellationToken);
    }
}
