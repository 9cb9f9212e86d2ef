namespace Slipway.Coordination.Signals.Delivery;

/// <summary>The consumers to wake once the gate is open again.</summary>
internal struct WakeList
{
    private SignalCursor? _first;

    public void Add(SignalCursor cursor)
    {
        cursor.NextWoken = _first;
        _first = cursor;
    }

    public readonly void Wake(bool hasSignal)
    {
        for (var cursor = _first; cursor is not null;)
        {
            var next = cursor.NextWoken;
            cursor.NextWoken = null;
            cursor.Wake(hasSignal);
            cursor = next;
        }
    }
}
