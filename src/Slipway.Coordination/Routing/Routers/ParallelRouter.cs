using System.Globalization;
using System.Text.Json;

namespace Slipway.Coordination.Routing.Routers;

/// <summary>
/// Knows which tasks can go at once. A hint applies when the current task is in its group or among its dependencies, all its dependencies
/// are in the state's list <c>completed_tasks</c>, and at least two of its tasks are not: then <c>parallel</c> is proposed at 0.9 with
/// those. Of several hints the one with the most open tasks counts, then the one expected to take longest, then the first by its tasks.
/// Without one it abstains with <c>continue</c> at 0.7.
/// </summary>
public sealed class ParallelRouter : IRouter
{
    private static readonly RouterAnswer None = RouterAnswer.Abstain(new RoutingResult
    {
        Decision = RoutingDecision.Continue,
        Confidence = 0.7,
        Reasoning = "no tasks can go at once",
        Strategy = RoutingStrategy.Parallel,
    });

    private readonly Dictionary<string, List<ParallelizationHint>> _hintsByTask = new(StringComparer.Ordinal);

    /// <summary>A router that knows these hints.</summary>
    /// <param name="hints">What can go at once.</param>
    /// <param name="name">Its name. Default: <c>parallel</c>.</param>
    /// <param name="priority">The weight of what it proposes, 0 to 100. Default: 60.</param>
    /// <exception cref="ArgumentException">A hint names no task, or one twice.</exception>
    public ParallelRouter(IReadOnlyList<ParallelizationHint> hints, string name = "parallel", int priority = 60)
    {
        ArgumentNullException.ThrowIfNull(hints);
        (Name, Priority) = (name, priority);
        foreach (var hint in hints) ParallelizationHint.Validate(hint);
        foreach (var hint in hints.OrderByDescending(hint => hint.EstimatedDuration ?? TimeSpan.Zero).ThenBy(hint => string.Join('\0', hint.TaskGroup), StringComparer.Ordinal))
        {
            foreach (var task in hint.TaskGroup.Union(hint.Dependencies, StringComparer.Ordinal))
            {
                if (!_hintsByTask.TryGetValue(task, out var known)) _hintsByTask.Add(task, known = []);
                known.Add(hint);
            }
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public RoutingStrategy Strategy => RoutingStrategy.Parallel;

    /// <inheritdoc/>
    public int Priority { get; }

    /// <inheritdoc/>
    public RouterAnswer Route(RoutingState state, RoutingContext context)
    {
        if (!_hintsByTask.TryGetValue(context.CurrentTask, out var hints)) return None;
        var completed = CompletedTasks(state);
        var (best, open) = (default(ParallelizationHint), new List<string>());
        foreach (var hint in hints)
        {
            if (!hint.Dependencies.All(completed.Contains)) continue;
            var left = hint.TaskGroup.Where(task => !completed.Contains(task)).ToList();
            if (left.Count >= 2 && left.Count > open.Count) (best, open) = (hint, left);
        }

        return best is null ? None : RouterAnswer.Propose(new RoutingResult
        {
            Decision = RoutingDecision.Parallel,
            Confidence = 0.9,
            Reasoning = $"{open.Count} tasks can go at once: {string.Join(", ", open)}",
            Strategy = RoutingStrategy.Parallel,
            ParallelTasks = open,
            Metadata = Describe(best),
        });
    }

    private static HashSet<string> CompletedTasks(RoutingState state)
    {
        var completed = new HashSet<string>(StringComparer.Ordinal);
        if (!state.TryGet("completed_tasks", out var list) || list.ValueKind is not JsonValueKind.Array) return completed;
        foreach (var task in list.EnumerateArray())
        {
            if (task.ValueKind is JsonValueKind.String) completed.Add(task.GetString()!);
        }

        return completed;
    }

    private static Dictionary<string, string> Describe(ParallelizationHint hint)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["task_group"] = string.Join(',', hint.TaskGroup) };
        if (hint.EstimatedDuration is { } duration) metadata["estimated_duration_ms"] = duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        return metadata;
    }
}
