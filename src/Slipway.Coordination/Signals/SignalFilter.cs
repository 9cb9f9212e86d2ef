namespace Slipway.Coordination.Signals;

/// <summary>Which signals one wants: those that fit every part that is given. Within a part, one fit is enough.</summary>
public sealed record SignalFilter
{
    /// <summary>Signals of these types; empty for all. Default: empty.</summary>
    public IReadOnlyList<SignalType> Types { get; init => field = [.. value]; } = [];

    /// <summary>Signals sent by these; empty for all. Default: empty.</summary>
    public IReadOnlyList<string> Senders { get; init => field = [.. value]; } = [];

    /// <summary>Signals addressed to one of these; a broadcast fits as well. Empty for all. Default: empty.</summary>
    public IReadOnlyList<string> Recipients { get; init => field = [.. value]; } = [];

    /// <summary>Signals that tell of these agents: by the <c>agent_id</c> of their data or by their sender. Empty for all. Default: empty.</summary>
    public IReadOnlyList<string> Agents { get; init => field = [.. value]; } = [];

    /// <summary>Properties of the data; here <em>all</em> must fit. Default: none.</summary>
    public IReadOnlyList<SignalField> Fields { get; init => field = [.. value]; } = [];

    /// <summary>Signals of this priority or a higher one, 1 to 10; see <see cref="SignalPriority"/>. Default: 1, all.</summary>
    public int MinPriority { get; init; } = SignalPriority.Lowest;

    /// <summary>A further filter that must fit as well, or null. Default: null.</summary>
    public SignalFilter? Further { get; init; }

    /// <summary>A filter for types.</summary>
    public static SignalFilter OfTypes(params IReadOnlyList<SignalType> types) => new() { Types = types };

    /// <summary>What fits both filters.</summary>
    public SignalFilter And(SignalFilter other) => this with { Further = Further is null ? other : Further.And(other) };

    /// <summary>True when the signal fits.</summary>
    public bool Matches(Signal signal) =>
        (Types.Count == 0 || Contains(Types, signal.Type))
        && (Senders.Count == 0 || Contains(Senders, signal.Sender))
        && (Recipients.Count == 0 || signal.IsBroadcast || ContainsAny(Recipients, signal.Recipients))
        && (Agents.Count == 0 || Contains(Agents, signal.Sender) || (signal.AgentInData is { } agent && Contains(Agents, agent)))
        && (MinPriority <= SignalPriority.Lowest || SignalPriority.Of(signal) >= MinPriority)
        && MatchesFields(signal)
        && Further?.Matches(signal) != false;

    private bool MatchesFields(Signal signal)
    {
        for (var i = 0; i < Fields.Count; i++)
        {
            if (!Fields[i].Matches(signal)) return false;
        }

        return true;
    }

    private static bool ContainsAny(IReadOnlyList<string> wanted, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (Contains(wanted, names[i])) return true;
        }

        return false;
    }

    private static bool Contains<T>(IReadOnlyList<T> list, T item)
        where T : IEquatable<T>
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i].Equals(item)) return true;
        }

        return false;
    }
}
