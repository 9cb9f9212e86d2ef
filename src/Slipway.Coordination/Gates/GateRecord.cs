namespace Slipway.Coordination.Gates;

/// <summary>A gate with its scores, of which the newest are kept. Its board's lock guards it.</summary>
internal sealed class GateRecord(QualityGate gate, int capacity)
{
    private readonly Queue<GateScore> _scores = new();
    private GateScore? _newest;
    private long _count;

    public QualityGate Gate { get; private set; } = gate;

    public void Redefine(QualityGate gate)
    {
        Gate = gate;
        if (_newest is { } newest && !QualityGate.IsInRange(gate.Direction, newest.Score)) _newest = null;
    }

    public void Add(double score, string by, DateTimeOffset at)
    {
        if (_scores.Count == capacity) _scores.Dequeue();
        _count++;
        _scores.Enqueue(_newest = new GateScore(_count, score, by, at));
    }

    public GateEvaluation Evaluate(double? threshold) => Gate.Evaluate(_newest?.Score, threshold);

    public GateHistory History(int limit) => new([.. _scores.Reverse().Take(limit)], _count - _scores.Count);
}
