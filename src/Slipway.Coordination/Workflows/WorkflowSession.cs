using System.Globalization;
using System.Text.Json;
using Slipway.Coordination.Board;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Serialization;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.State;

namespace Slipway.Coordination.Workflows;

/// <summary>
/// A workflow while it runs in this process: its contexts and what is waited for. It is made from the plan and the board of the run, so that
/// it is the same in whichever process goes on with the run, and goes when the run ends, pauses or fails.
/// </summary>
internal sealed class WorkflowSession : IDisposable
{
    private const string EndedKey = "workflow_ended_by";
    private const string UpdatePrefix = "workflow_update_";

    private readonly ContextDistributor _contexts;
    private readonly DependencyResolver _resolver;
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _updating = new(1, 1);
    private int _updates;

    public WorkflowSession(WorkflowDefinition definition, RunBoard board, ContextDistributor contexts, DependencyResolver resolver)
    {
        (Definition, Board, _contexts, _resolver) = (definition, board, contexts, resolver);
        Ended = _ended.Token;
        Problem = contexts.Distribute(definition.Contexts).Problems is [var problem, ..] ? problem : null;
        if (Problem is not null) return;
        foreach (var update in UpdatesOf(board.State))
        {
            contexts.Update(update);
            _updates++;
        }

        resolver.Open(definition.CoordinationId, board.Signals, board.Gates, PublishAsync);
        resolver.Declare(definition.CoordinationId, new DependencyTargets
        {
            Agents = [.. definition.Contexts.Assignments.Keys, .. definition.ExternalAgents],
            Resources = definition.Resources,
            Gates = definition.Gates,
        });
        if (EndedBy is not null) _ended.Cancel();
    }

    public WorkflowDefinition Definition { get; }

    public RunBoard Board { get; }

    /// <summary>Why there are no contexts; null when there are.</summary>
    public Diagnostic? Problem { get; }

    /// <summary>Ends what is waited for when routing ends the workflow.</summary>
    public CancellationToken Ended { get; }

    /// <summary>The agent after which routing ended the workflow; null while it did not.</summary>
    public string? EndedBy => Board.State.Get(EndedKey)?.GetString();

    /// <summary>The updates of shared intelligence that a state holds, oldest first.</summary>
    public static IEnumerable<ContextUpdate> UpdatesOf(StateSnapshot state)
    {
        // The keys count from 1 without gaps.
        for (var number = 1; state.Get(UpdateKey(number)) is { } json; number++)
        {
            if (AgentContextJson.ReadUpdate(json).Value is { } update) yield return update;
        }
    }

    public AgentContext? Find(string agentId) => _contexts.Get(Definition.CoordinationId, agentId);

    /// <summary>Publishes a signal where signals are wanted.</summary>
    public ValueTask<PublishResult> PublishAsync(SignalDraft draft) =>
        Definition.EnableSignals ? new ValueTask<PublishResult>(Board.PublishAsync(draft)) : ValueTask.FromResult(PublishResult.Refused());

    public ValueTask<PublishResult> PublishAsync(SignalPayload payload, string sender) => PublishAsync(new SignalDraft(payload) { Sender = sender });

    /// <summary>Says that nothing more of the workflow is to begin. Durable when it returns.</summary>
    public async Task EndAsync(string agentId)
    {
        await Board.UpdateStateAsync(new StateBatch().Set(EndedKey, JsonFields.Make(writer => writer.WriteStringValue(agentId))), agentId).ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Tells agents something; it is journaled before anybody can see it.</summary>
    public async Task<ContextUpdateResult> UpdateAsync(ContextUpdate update, CancellationToken cancellationToken)
    {
        await _updating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var json = JsonFields.Make(writer => AgentContextJson.Write(writer, update));
            if (AgentContextJson.ReadUpdate(json) is { Value: null } wrong) return new ContextUpdateResult([], new Dictionary<string, Diagnostic>(), wrong.Problems);
            await Board.UpdateStateAsync(new StateBatch().Set(UpdateKey(_updates + 1), json)).ConfigureAwait(false);
            _updates++;
            return _contexts.Update(update);
        }
        finally
        {
            _updating.Release();
        }
    }

    public void Dispose()
    {
        _contexts.Clear(Definition.CoordinationId);
        _resolver.Clear(Definition.CoordinationId);
        _ended.Dispose();
    }

    private static string UpdateKey(int number) => string.Create(CultureInfo.InvariantCulture, $"{UpdatePrefix}{number}");
}
