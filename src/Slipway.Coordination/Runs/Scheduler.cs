using Slipway.Coordination.Graphs;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Knows which steps may start, by edge and never by wave. Ready steps come by longest remaining path, then by id. It keeps no state
/// of steps: that is in the projection, and whatever changes it goes through the journal.
/// </summary>
internal sealed class Scheduler
{
    private const int WideFanOut = 64;
    private readonly RunProjection _run;
    private readonly DirectedGraph _graph;
    private readonly Action<RunEvent> _emit;
    private readonly Dictionary<int, List<int>> _addedDependents = [];
    private readonly Dictionary<string, int> _addedIndexes = new(StringComparer.Ordinal);
    private int[] _waiting;
    private long[] _rank;
    private int _added;
    private readonly Dictionary<int, HashSet<int>> _optionalEdges = [];
    private readonly PriorityQueue<int, long> _ready = new();
    private readonly List<int> _newlyReady = [];
    private readonly Stack<int> _settled = new();

    public Scheduler(RunProjection run, DirectedGraph graph, IReadOnlyDictionary<string, TimeSpan>? estimates, Action<RunEvent> emit)
    {
        _run = run;
        _graph = graph;
        _emit = emit;
        _rank = Rank(graph, estimates);
        _waiting = new int[_rank.Length];
        for (var step = 0; step < _waiting.Length; step++)
        {
            _waiting[step] = graph.DependenciesOf(step).Length;
            var dependencies = run.Steps[step].Step.DependsOn;
            for (var i = 0; i < dependencies.Count; i++)
            {
                if (!dependencies[i].IsOptional) continue;
                if (!_optionalEdges.TryGetValue(step, out var optional)) _optionalEdges.Add(step, optional = []);
                optional.Add(graph.IndexOf(dependencies[i].StepId));
            }
        }
    }

    /// <summary>Takes in the state that the journal left: lets settled steps release or block what depends on them, and finds what is ready.</summary>
    public void Initialize()
    {
        var roots = _waiting.AsSpan().Count(0);
        Reserve(roots);
        var settled = new List<int>();
        for (var step = 0; step < _waiting.Length; step++)
        {
            var record = _run.Steps[step];
            if (record.IsSettled) settled.Add(step);
            else if (record.State is StepState.Pending && _waiting[step] == 0) BecomeReady(step);
        }

        foreach (var step in settled) Settle(step);
    }

    /// <summary>Tells dependents that a step is settled; those that cannot run any more are blocked, and theirs in turn.</summary>
    public void Settle(int step)
    {
        _settled.Push(step);
        while (_settled.TryPop(out var settled))
        {
            var record = _run.Steps[settled];
            var dependents = GraphDependentsOf(settled);
            if (record.State is StepState.Succeeded) Reserve(dependents.Length);
            foreach (var dependent in dependents) Release(dependent, settled, record);

            if (_addedDependents.Count == 0 || !_addedDependents.TryGetValue(settled, out var added)) continue;
            foreach (var dependent in added) Release(dependent, settled, record);
        }
    }

    /// <summary>Takes in steps that were added to the run, at the end of its list.</summary>
    /// <param name="added">The event, folded in already.</param>
    public void Add(StepsAdded added)
    {
        var first = _run.Steps.Count - added.Steps.Count;
        var by = IndexOf(added.StepId);
        var indexes = new Dictionary<string, int>(added.Steps.Count, StringComparer.Ordinal);
        if (_waiting.Length < _run.Steps.Count) Grow(_run.Steps.Count);
        for (var i = 0; i < added.Steps.Count; i++)
        {
            indexes.Add(added.Steps[i].Id, first + i);
            _addedIndexes.Add(added.Steps[i].Id, first + i);
            // Right after the step that added them: no estimate knows them.
            _rank[first + i] = (_rank[by] & ~0xffffffffL) | (uint)Math.Min(++_added, int.MaxValue);
        }

        for (var i = 0; i < added.Steps.Count; i++)
        {
            foreach (var dependency in added.Steps[i].DependsOn) AddEdge(first + i, IndexOf(dependency.StepId), dependency.IsOptional);
            // What it adds to waits for the step that adds it at least, so it is not ready yet.
        }

        var last = added.Before.Count == 0 ? [] : added.LastSteps();
        foreach (var id in added.Before)
        {
            foreach (var step in last) AddEdge(IndexOf(id), indexes[step], isOptional: false);
        }

        foreach (var step in added.Steps) BlockIfTooLate(indexes[step.Id], step);
    }

    /// <summary>Steps that wait for a step, directly, and have not begun, or will begin anew when the run is opened again.</summary>
    public IReadOnlyList<string> PendingDependentsOf(int step)
    {
        IEnumerable<int> dependents = GraphDependentsOf(step).ToArray();
        if (_addedDependents.TryGetValue(step, out var added)) dependents = dependents.Concat(added);
        return [.. dependents.Select(dependent => _run.Steps[dependent]).Where(record => record.State is StepState.Pending or StepState.Blocked or StepState.Cancelled).Select(record => record.Step.Id)];
    }

    /// <summary>True when nothing before a step is open.</summary>
    public bool IsFree(int step) => _run.Steps[step].State is not StepState.Pending || _waiting[step] == 0;

    /// <summary>True when steps wait to be taken, some of which may have been cancelled since.</summary>
    public bool HasReady => _ready.Count > 0;

    /// <summary>Puts a step among the ready ones again: after a wait for a retry, a resource or an interruption.</summary>
    public void Enqueue(int step) => _ready.Enqueue(step, _rank[step]);

    public long RankOf(int step) => _rank[step];

    /// <summary>Takes the step that should go first among those that were ready; by now it may have been cancelled.</summary>
    public bool TryTake(out int step) => _ready.TryDequeue(out step, out _);

    /// <summary>How many became ready in this turn, started or not.</summary>
    public int NewlyReady => _newlyReady.Count;

    /// <summary>Journals those that became ready and were not started at once.</summary>
    public void AnnounceReady()
    {
        foreach (var step in _newlyReady)
        {
            var record = _run.Steps[step];
            if (record.State is StepState.Pending) _emit(new StepReady(record.Step.Id));
        }

        _newlyReady.Clear();
    }

    private static long[] Rank(DirectedGraph graph, IReadOnlyDictionary<string, TimeSpan>? estimates)
    {
        var remaining = graph.RemainingLengths(
            estimates is null ? null : id => estimates.TryGetValue(id, out var estimate) ? Math.Max(0, estimate.TotalSeconds) : 1);
        var steps = new int[remaining.Length];
        for (var i = 0; i < steps.Length; i++) steps[i] = i;
        Array.Sort(steps, (a, b) => remaining[a] != remaining[b] ? remaining[b].CompareTo(remaining[a]) : string.CompareOrdinal(graph.Ids[a], graph.Ids[b]));
        var rank = new long[steps.Length];
        for (var i = 0; i < steps.Length; i++) rank[steps[i]] = (long)i << 32;
        return rank;
    }

    /// <summary>Lets a dependent of a settled step go on, or blocks it.</summary>
    private void Release(int dependent, int settled, StepRecord record)
    {
        if (_run.Steps[dependent].State is not StepState.Pending) return;
        if (record.State is StepState.Succeeded || IsOptional(dependent, settled))
        {
            if (--_waiting[dependent] == 0) BecomeReady(dependent);
            return;
        }

        var cause = record.State is StepState.Blocked ? record.Cause! : record.Step.Id;
        _emit(new StepBlocked(_run.Steps[dependent].Step.Id, cause));
        _settled.Push(dependent);
    }

    /// <summary>Blocks an added step that needs one which has ended without success already.</summary>
    private void BlockIfTooLate(int step, Step added)
    {
        if (_run.Steps[step].State is not StepState.Pending) return;
        foreach (var dependency in added.DependsOn)
        {
            if (dependency.IsOptional || _run.Find(dependency.StepId) is not { IsSettled: true, State: not StepState.Succeeded } ended) continue;
            _emit(new StepBlocked(added.Id, ended.State is StepState.Blocked ? ended.Cause! : ended.Step.Id));
            Settle(step);
            return;
        }
    }

    /// <summary>Makes room for steps that become ready together, so that a wide fan-out is not copied as it grows.</summary>
    private void Reserve(int count)
    {
        if (count < WideFanOut) return;
        _ready.EnsureCapacity(_ready.Count + count);
        _newlyReady.EnsureCapacity(_newlyReady.Count + count);
    }

    private ReadOnlySpan<int> GraphDependentsOf(int step) => step < _graph.Ids.Count ? _graph.DependentsOf(step) : [];

    private int IndexOf(string id) => _addedIndexes.TryGetValue(id, out var index) ? index : _graph.IndexOf(id);

    private void AddEdge(int dependent, int dependency, bool isOptional)
    {
        if (_run.Steps[dependency].IsSettled) return;
        _waiting[dependent]++;
        if (!_addedDependents.TryGetValue(dependency, out var dependents)) _addedDependents.Add(dependency, dependents = []);
        dependents.Add(dependent);
        if (!isOptional) return;
        if (!_optionalEdges.TryGetValue(dependent, out var optional)) _optionalEdges.Add(dependent, optional = []);
        optional.Add(dependency);
    }

    private void Grow(int count)
    {
        var capacity = Math.Max(count, _waiting.Length * 2);
        Array.Resize(ref _waiting, capacity);
        Array.Resize(ref _rank, capacity);
    }

    private void BecomeReady(int step)
    {
        Enqueue(step);
        _newlyReady.Add(step);
    }

    private bool IsOptional(int dependent, int dependency) => _optionalEdges.TryGetValue(dependent, out var optional) && optional.Contains(dependency);
}
