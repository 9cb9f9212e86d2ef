using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Gates;

/// <summary>
/// The quality gates of one coordination: their demands, their scores and who waits for them. Whoever waits is woken by the score
/// that passes; nothing polls. All members are safe to call from many threads.
/// </summary>
public sealed class QualityGates
{
    private readonly QualityGatesOptions _options;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, GateRecord> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<GateWaiter>> _waiters = new(StringComparer.Ordinal);

    /// <summary>An empty board.</summary>
    /// <param name="coordinationId">Whose gates these are, 1 to 100 characters.</param>
    /// <param name="options">Null for the defaults.</param>
    public QualityGates(string coordinationId, QualityGatesOptions? options = null)
    {
        if (GateProblems.Name("coordination id", coordinationId) is { } problem) throw new ArgumentException(problem.Summary, nameof(coordinationId));
        QualityGatesOptions.Validate(_options = options ?? new QualityGatesOptions());
        CoordinationId = coordinationId;
    }

    /// <summary>Whose gates these are.</summary>
    public string CoordinationId { get; }

    /// <summary>How many waits are under way.</summary>
    public int WaiterCount
    {
        get
        {
            lock (_gate) return _waiters.Values.Sum(waiters => waiters.Count);
        }
    }

    /// <summary>Defines a gate, or changes its demand; its scores stay, unless they are out of the new range, and are judged anew.</summary>
    /// <returns>What is wrong with it, and nothing changed; empty when it is defined.</returns>
    public IReadOnlyList<Diagnostic> Define(QualityGate gate)
    {
        List<Diagnostic> problems =
        [
            .. new[] { GateProblems.Name("gate's id", gate.Id), GateProblems.Value(gate.Id, "threshold", gate.Direction, gate.Threshold) }.OfType<Diagnostic>(),
        ];
        if (problems.Count > 0) return problems;
        lock (_gate)
        {
            if (!TryGetOrAdd(gate.Id, gate, out var record)) return [GateProblems.TooMany(CoordinationId, _options.MaxGates)];
            record.Redefine(gate);
            Wake(record);
        }

        return [];
    }

    /// <summary>Says whether a score would be taken; nothing changes. For a journal that records a score before it counts.</summary>
    /// <returns>Why it would be refused, or null.</returns>
    public Diagnostic? Check(string gateId, double score, string by = "system")
    {
        lock (_gate) return CheckLocked(gateId, score, by);
    }

    /// <summary>Gives a gate a score and wakes who waits for it. A gate that nobody defined is defined with the default threshold.</summary>
    /// <param name="gateId">The gate, 1 to 100 characters.</param>
    /// <param name="score">0 to 1, or 0 or more where lower is better. What is no number is refused.</param>
    /// <param name="by">Who gives it, 1 to 100 characters. Default: <c>system</c>.</param>
    /// <param name="type">The type of a gate that is not defined yet. Default: <see cref="GateType.Score"/>.</param>
    public GateUpdate Update(string gateId, double score, string by = "system", GateType type = default)
    {
        lock (_gate)
        {
            var problem = CheckLocked(gateId, score, by);
            return problem is null ? new GateUpdate(Take(gateId, type, score, by, _options.Time.GetUtcNow()), null) : new GateUpdate(null, problem);
        }
    }

    /// <summary>Takes a score from a journal, as it was given then.</summary>
    /// <param name="gateId">The gate.</param>
    /// <param name="type">The type of a gate that is not defined yet.</param>
    /// <param name="score">The score.</param>
    /// <param name="by">Who gave it.</param>
    /// <param name="at">When.</param>
    /// <exception cref="ArgumentException">Such a score could never have been taken.</exception>
    public GateEvaluation Restore(string gateId, GateType type, double score, string by, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (CheckLocked(gateId, score, by) is { } problem) throw new ArgumentException(problem.ToString(), nameof(score));
            return Take(gateId, type, score, by, at);
        }
    }

    /// <summary>True when the gate was defined or scored.</summary>
    public bool IsKnown(string gateId)
    {
        lock (_gate) return _records.ContainsKey(gateId);
    }

    /// <summary>How a gate stands. One that nobody knows, or without a score, has not passed.</summary>
    /// <param name="gateId">The gate.</param>
    /// <param name="threshold">Another threshold than the gate's own, 0 or more; null for its own.</param>
    public GateEvaluation Evaluate(string gateId, double? threshold = null)
    {
        CheckThreshold(threshold);
        lock (_gate) return EvaluateLocked(gateId, threshold);
    }

    /// <summary>How all gates stand, sorted by id.</summary>
    public IReadOnlyList<GateEvaluation> EvaluateAll()
    {
        lock (_gate) return [.. _records.Values.Select(record => record.Evaluate(null)).OrderBy(evaluation => evaluation.GateId, StringComparer.Ordinal)];
    }

    /// <summary>The scores of a gate, newest first; none for one that nobody knows.</summary>
    /// <param name="gateId">The gate.</param>
    /// <param name="limit">At most so many; null for all that are kept.</param>
    public GateHistory History(string gateId, int? limit = null)
    {
        if (limit is { } most) ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(limit));
        lock (_gate) return _records.TryGetValue(gateId, out var record) ? record.History(limit ?? int.MaxValue) : new GateHistory([], 0);
    }

    /// <summary>Waits until a gate passes, at once when it has. A gate that nobody knows yet may be defined later.</summary>
    /// <param name="gateId">The gate.</param>
    /// <param name="threshold">Another threshold than the gate's own, 0 or more; null for its own.</param>
    /// <param name="cancellationToken">Ends the wait; limit it by a timeout.</param>
    /// <returns>The evaluation that passed; when the board was cleared meanwhile, one that did not.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public Task<GateEvaluation> WaitAsync(string gateId, double? threshold = null, CancellationToken cancellationToken = default)
    {
        CheckThreshold(threshold);
        cancellationToken.ThrowIfCancellationRequested();
        GateWaiter waiter;
        lock (_gate)
        {
            if (EvaluateLocked(gateId, threshold) is { IsPassed: true } passed) return Task.FromResult(passed);
            waiter = new GateWaiter(threshold);
            if (!_waiters.TryGetValue(gateId, out var waiters)) _waiters.Add(gateId, waiters = []);
            waiters.Add(waiter);
        }

        return cancellationToken.CanBeCanceled ? WaitAsync(gateId, waiter, cancellationToken) : waiter.Task;
    }

    /// <summary>Forgets all gates and scores. Who waits is told that the gate is unknown.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _records.Clear();
            foreach (var (gateId, waiters) in _waiters)
            {
                foreach (var waiter in waiters) waiter.TrySetResult(EvaluateLocked(gateId, waiter.Threshold));
            }

            _waiters.Clear();
        }
    }

    private static void CheckThreshold(double? threshold)
    {
        if (threshold is { } value && !QualityGate.IsInRange(GateDirection.AtMost, value))
            throw new ArgumentOutOfRangeException(nameof(threshold), value, "A threshold is 0 or more, and finite.");
    }

    private async Task<GateEvaluation> WaitAsync(string gateId, GateWaiter waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((GateWaiter)state!).TrySetCanceled(token), waiter);
        try
        {
            return await waiter.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                if (_waiters.TryGetValue(gateId, out var waiters) && waiters.Remove(waiter) && waiters.Count == 0) _waiters.Remove(gateId);
            }

            throw;
        }
    }

    private Diagnostic? CheckLocked(string gateId, double score, string by)
    {
        if ((GateProblems.Name("gate's id", gateId) ?? GateProblems.Name("name of who gives the score", by)) is { } problem) return problem;
        var record = _records.GetValueOrDefault(gateId);
        return GateProblems.Value(gateId, "score", record?.Gate.Direction ?? GateDirection.AtLeast, score)
            ?? (record is null && _records.Count >= _options.MaxGates ? GateProblems.TooMany(CoordinationId, _options.MaxGates) : null);
    }

    private GateEvaluation Take(string gateId, GateType type, double score, string by, DateTimeOffset at)
    {
        TryGetOrAdd(gateId, new QualityGate { Id = gateId, Type = type }, out var record);
        record.Add(score, by, at);
        Wake(record);
        return record.Evaluate(null);
    }

    private bool TryGetOrAdd(string gateId, QualityGate gate, out GateRecord record)
    {
        if (_records.TryGetValue(gateId, out record!)) return true;
        if (_records.Count >= _options.MaxGates) return false;
        _records.Add(gateId, record = new GateRecord(gate, _options.MaxHistorySize));
        return true;
    }

    private GateEvaluation EvaluateLocked(string gateId, double? threshold) => _records.TryGetValue(gateId, out var record)
        ? record.Evaluate(threshold)
        : new QualityGate { Id = gateId }.Evaluate(null, threshold) with { Status = GateStatus.Unknown };

    // Continuations run elsewhere, so that waking under the lock runs nobody's code.
    private void Wake(GateRecord record)
    {
        if (!_waiters.TryGetValue(record.Gate.Id, out var waiters)) return;
        waiters.RemoveAll(waiter => record.Evaluate(waiter.Threshold) is { IsPassed: true } passed && (waiter.TrySetResult(passed) || true));
        if (waiters.Count == 0) _waiters.Remove(record.Gate.Id);
    }
}
