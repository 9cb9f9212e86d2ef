using System.Text.Json;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Routing;

/// <summary>
/// Asks routers where a task goes and decides among their answers. The proposal with the highest score (confidence × priority) wins; a
/// router that abstains counts only where all do. Ties go by priority, then by the gravity of the decision, then by name, so that the
/// same input gives the same decision. Every decision explains itself. Nothing is cached. Safe for use from many threads.
/// </summary>
public sealed class SmartRouter
{
    private static readonly RoutingResult NothingToGoBy = new()
    {
        Decision = RoutingDecision.Continue,
        Confidence = 0.5,
        Reasoning = "no router could say anything",
        Strategy = RoutingStrategy.Conditional,
    };

    private readonly Lock _gate = new();
    private readonly RoutingOptions _options;
    private readonly RetryLedger _retries;
    private readonly RoutingLog _log;
    private readonly CoordinationInstruments? _instruments;
    private Entry[] _routers = [];
    private long _number;

    /// <summary>A router without routers: it says <c>continue</c> at 0.5 to everything.</summary>
    /// <param name="options">How to route; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SmartRouter(RoutingOptions? options = null)
    {
        _options = options ?? new RoutingOptions();
        RoutingOptions.Validate(_options);
        _retries = new RetryLedger(_options.MaxTrackedTasks);
        _log = new RoutingLog(_options.MaxHistorySize);
        _instruments = _options.Metrics?.Instruments;
    }

    /// <summary>The names of the routers, by priority and then by name.</summary>
    public IReadOnlyList<string> Routers => [.. Volatile.Read(ref _routers).Select(router => router.Name)];

    /// <summary>Adds a router. The order of adding has no meaning.</summary>
    /// <exception cref="ArgumentException">The name is taken or empty, or the priority is not 0 to 100.</exception>
    public void AddRouter(IRouter router)
    {
        ArgumentNullException.ThrowIfNull(router);
        var entry = new Entry(router, router.Name, router.Strategy, router.Priority);
        ArgumentException.ThrowIfNullOrEmpty(entry.Name, nameof(router));
        if (entry.Priority is < 0 or > 100) throw new ArgumentOutOfRangeException(nameof(router), entry.Priority, "The priority of a router is 0 to 100.");
        lock (_gate)
        {
            if (Array.Exists(_routers, other => other.Name == entry.Name)) throw new ArgumentException($"There is a router '{entry.Name}' already.", nameof(router));
            Volatile.Write(ref _routers, [.. _routers.Append(entry).OrderByDescending(one => one.Priority).ThenBy(one => one.Name, StringComparer.Ordinal)]);
        }
    }

    /// <summary>Takes a router out.</summary>
    /// <returns>True when there was one of the name.</returns>
    public bool RemoveRouter(string name)
    {
        lock (_gate)
        {
            var left = Array.FindAll(_routers, router => router.Name != name);
            var isFound = left.Length < _routers.Length;
            Volatile.Write(ref _routers, left);
            return isFound;
        }
    }

    /// <summary>Decides where a task goes.</summary>
    /// <param name="state">What to go by.</param>
    /// <param name="currentTask">The task that was done or is at hand, 1 to 256 characters.</param>
    /// <param name="executionTime">How long it took so far. Default: 0.</param>
    /// <param name="retryCount">
    /// How often it was tried again already, where the caller counts. Null to have it counted here, by task and correlation id, until a
    /// routing of the task finds no error. Default: null.
    /// </param>
    /// <param name="customData">An object with whatever else the routers should know. Default: nothing.</param>
    /// <param name="correlationId">The workflow. Default: none; tasks of one name then share their retry budget.</param>
    /// <exception cref="ArgumentException">The task's name, a time or a count is out of its range.</exception>
    public RoutingHistoryRecord Route(
        RoutingState state,
        string currentTask,
        TimeSpan executionTime = default,
        int? retryCount = null,
        JsonElement customData = default,
        string? correlationId = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        var begun = _options.Time.GetTimestamp();
        var context = new RoutingContext
        {
            Number = Interlocked.Increment(ref _number),
            CurrentTask = currentTask,
            ExecutionTime = executionTime,
            RetryCount = retryCount ?? CountRetries(correlationId, currentTask),
            RetryBudget = _options.RetryBudget,
            CustomData = customData.ValueKind is JsonValueKind.Undefined ? customData : customData.Clone(),
            CorrelationId = correlationId,
        };
        var verdicts = Ask(state, context);
        var winner = Choose(verdicts);
        if (winner >= 0) verdicts[winner] = verdicts[winner] with { Standing = RouterStanding.Won };
        var record = Decide(state, context, verdicts, winner < 0 ? NothingToGoBy : verdicts[winner].Answer!.Result, isCountedHere: retryCount is null, begun);
        if (_instruments is { } instruments)
        {
            instruments.Decisions(record.Decision).Record(1, correlationId);
            instruments.RoutingTime.Record(record.RoutingTime, correlationId);
        }

        return record;
    }

    /// <summary>The newest routings, newest first.</summary>
    /// <param name="task">Only of this task; null for all. Default: null.</param>
    /// <param name="limit">At most so many; null for all that are kept. Default: null.</param>
    public IReadOnlyList<RoutingHistoryRecord> GetHistory(string? task = null, int? limit = null)
    {
        if (limit is { } count) ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(limit));
        lock (_gate) return _log.Newest(task, limit);
    }

    /// <summary>The sums of all routings since the router was made or cleared.</summary>
    public RoutingStats GetStats()
    {
        lock (_gate) return _log.Sum();
    }

    /// <summary>Forgets history, sums and counted retries. Numbers go on.</summary>
    public void ClearHistory()
    {
        lock (_gate)
        {
            _log.Clear();
            _retries.Clear();
        }
    }

    private static int Choose(RouterVerdict[] verdicts)
    {
        var best = -1;
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (verdicts[i].Standing is not (RouterStanding.Lost or RouterStanding.Abstained)) continue;
            if (best < 0 || GoesBefore(verdicts[i], verdicts[best])) best = i;
        }

        return best;
    }

    /// <summary>The verdicts come by priority and name, so that the first of equals stays.</summary>
    private static bool GoesBefore(in RouterVerdict one, in RouterVerdict other)
    {
        if (one.Answer!.IsAbstention != other.Answer!.IsAbstention) return other.Answer.IsAbstention;
        if (one.Score != other.Score) return one.Score > other.Score;
        return one.Priority == other.Priority && one.Answer.Result.Decision < other.Answer.Result.Decision;
    }

    private RouterVerdict[] Ask(RoutingState state, RoutingContext context)
    {
        var routers = Volatile.Read(ref _routers);
        var verdicts = new RouterVerdict[routers.Length];
        for (var i = 0; i < routers.Length; i++)
        {
            var router = routers[i];
            RouterAnswer? answer = null;
            string? problem = null;
            try
            {
                answer = router.Router.Route(state, context);
            }
            catch (Exception exception)
            {
                problem = exception.Message;
                _options.Logger.LogWarning(exception, "The router {Router} failed at {Task} and was skipped", router.Name, context.CurrentTask);
            }

            if (answer is null && problem is null)
            {
                problem = "it gave no answer";
                _options.Logger.LogWarning("The router {Router} gave no answer for {Task} and was skipped", router.Name, context.CurrentTask);
            }

            verdicts[i] = new RouterVerdict(router.Name, router.Strategy, router.Priority, answer, Stand(answer, state), problem);
        }

        return verdicts;
    }

    private static RouterStanding Stand(RouterAnswer? answer, RoutingState state) => answer switch
    {
        null => RouterStanding.Failed,
        { Result.Decision: RoutingDecision.Retry } when !StateSigns.ShowsErrorFor(state, answer.Result) => RouterStanding.Refused,
        { IsAbstention: true } => RouterStanding.Abstained,
        _ => RouterStanding.Lost,
    };

    private RoutingHistoryRecord Decide(RoutingState state, RoutingContext context, RouterVerdict[] verdicts, RoutingResult result, bool isCountedHere, long begun)
    {
        var isErrorSeen = Array.Exists(verdicts, verdict => verdict is { Standing: not RouterStanding.Refused, Answer.Result.Decision: RoutingDecision.Retry or RoutingDecision.Error })
            || StateSigns.FindError(state) is not null;
        lock (_gate)
        {
            // Another thread may have used up the budget meanwhile.
            if (isCountedHere && _retries.Count(context.CorrelationId, context.CurrentTask) is var counted && counted != context.RetryCount) context = context with { RetryCount = counted };
            var isOverBudget = result.Decision is RoutingDecision.Retry && !context.HasRetriesLeft;
            if (isOverBudget)
                result = result with { Decision = RoutingDecision.Error, NextTask = null, Reasoning = $"{result.Reasoning}, but the retry budget is used up" };
            if (isCountedHere && result.Decision is RoutingDecision.Retry) _retries.Add(context.CorrelationId, context.CurrentTask);
            else if (isCountedHere && !isErrorSeen) _retries.Forget(context.CorrelationId, context.CurrentTask);

            var record = new RoutingHistoryRecord
            {
                Timestamp = _options.Time.GetUtcNow(),
                Context = context,
                Result = result,
                RoutingTime = _options.Time.GetElapsedTime(begun),
                StateSummary = state.KnownMetrics,
                Explanation = new RoutingExplanation(context, verdicts, result, isOverBudget),
            };
            _log.Add(record);
            return record;
        }
    }

    private int CountRetries(string? correlationId, string task)
    {
        lock (_gate) return _retries.Count(correlationId, task);
    }

    private sealed record Entry(IRouter Router, string Name, RoutingStrategy Strategy, int Priority);
}
