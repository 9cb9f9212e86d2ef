using System.Numerics;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>The kept signals of a coordination by position. It grows as it fills; adding and dropping cost the same whatever it holds.</summary>
internal sealed class SignalRing
{
    private const int FirstSize = 16;
    private Signal?[] _slots = new Signal?[FirstSize];

    /// <summary>The oldest position kept; one more than <see cref="Last"/> when nothing is kept.</summary>
    public long First { get; private set; } = 1;

    /// <summary>The newest position; 0 when there was none.</summary>
    public long Last { get; private set; }

    public int Count => (int)(Last - First + 1);

    public Signal this[long position] => _slots[position & (_slots.Length - 1)]!;

    /// <summary>Begins at a later position. Only an empty ring can.</summary>
    public void BeginAt(long position)
    {
        First = position;
        Last = position - 1;
    }

    public void Add(Signal signal)
    {
        if (Count == _slots.Length) Grow();
        Last++;
        _slots[Last & (_slots.Length - 1)] = signal;
    }

    /// <summary>Drops what lies before a position.</summary>
    public void DropBefore(long position)
    {
        for (; First < position && First <= Last; First++) _slots[First & (_slots.Length - 1)] = null;
    }

    /// <summary>What is kept from a position on.</summary>
    public Signal[] ToArray(long from = 0)
    {
        from = Math.Max(from, First);
        if (from > Last) return [];
        var signals = new Signal?[Last - from + 1];
        var start = (int)(from & (_slots.Length - 1));
        var untilWrap = Math.Min(signals.Length, _slots.Length - start);
        Array.Copy(_slots, start, signals, 0, untilWrap);
        Array.Copy(_slots, 0, signals, untilWrap, signals.Length - untilWrap);
        return signals!;
    }

    private void Grow()
    {
        var grown = new Signal?[BitOperations.RoundUpToPowerOf2((uint)_slots.Length + 1)];
        for (var position = First; position <= Last; position++) grown[position & (grown.Length - 1)] = this[position];
        _slots = grown;
    }
}
