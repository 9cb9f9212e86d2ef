using Slipway.Coordination.Dependencies.Resolving;
using Slipway.Coordination.Signals;

namespace Slipway.Coordination.Dependencies.Sources;

/// <summary>Agents that have ended, by the signals that tell of it: the agent in their data counts, and where there is none, their sender.</summary>
internal sealed class AgentCompletionSource(DependencySessions sessions) : IDependencySource
{
    public DependencyKind Kind => DependencyKind.AgentCompletion;

    public bool IsKnown(string coordinationId, string target)
    {
        var session = sessions.Get(coordinationId);
        return session.HasAgent(target)
            || session.Hub.GetHistory(coordinationId, new SignalHistoryQuery { Filter = new SignalFilter { Agents = [target] }, Limit = 1 }).Count > 0;
    }

    public string? Explain(DependencyWait wait) =>
        $"no signal '{TypeOf(wait)}' tells of '{wait.Dependency.Target}' among the {sessions.Get(wait.CoordinationId).Hub.GetLastPosition(wait.CoordinationId)} signals of '{wait.CoordinationId}'";

    public async Task<DependencyOutcome> WaitAsync(DependencyWait wait, CancellationToken cancellationToken)
    {
        var target = wait.Dependency.Target;
        var demand = (AgentCompletionMetadata)wait.Dependency.Metadata;
        cancellationToken.ThrowIfCancellationRequested();
        var completion = await sessions.Get(wait.CoordinationId).FeedOf(TypeOf(wait)).WaitAsync(target, cancellationToken);
        if (completion.SignalId.Length == 0 || (demand.RequireSuccess && completion.Failure is not null)) return DependencyOutcome.Failed(completion.Failure!);
        return DependencyOutcome.Satisfied(new Dictionary<string, string> { ["resolved_by"] = target, ["signal_id"] = completion.SignalId });
    }

    private static SignalType TypeOf(DependencyWait wait) => ((AgentCompletionMetadata)wait.Dependency.Metadata).CompletionEvent switch
    {
        AgentCompletionMetadata.DefaultEvent => SignalType.AgentCompleted,
        var name => new SignalType(name),
    };
}
