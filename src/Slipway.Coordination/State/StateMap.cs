using System.Numerics;

namespace Slipway.Coordination.State;

/// <summary>
/// Keys with their values, immutable: a change copies the way from the root to the key and shares the rest. Each node parts its keys by the
/// next five bits of their hash, as in P. Bagwell, "Ideal Hash Trees" (2001).
/// </summary>
internal sealed class StateMap
{
    private const int BitsOfALevel = 5;
    private const int HashBits = 32;
    private readonly Node _root;
    private readonly IEqualityComparer<string> _hashes;

    /// <summary>An empty map.</summary>
    /// <param name="hashes">Gives hashes; keys are compared by ordinal whatever it says.</param>
    public StateMap(IEqualityComparer<string> hashes)
        : this(new Node(0, []), 0, hashes)
    {
    }

    private StateMap(Node root, int count, IEqualityComparer<string> hashes)
    {
        _root = root;
        Count = count;
        _hashes = hashes;
    }

    public static StateMap Empty { get; } = new(StringComparer.Ordinal);

    public int Count { get; }

    public bool TryGet(string key, out StateEntry entry)
    {
        ArgumentNullException.ThrowIfNull(key);
        var leaf = Find(key);
        entry = leaf?.Entry ?? default;
        return leaf is not null;
    }

    public StateMap Set(string key, StateEntry entry)
    {
        var leaf = new Leaf(key, _hashes.GetHashCode(key), entry);
        var isNew = true;
        var root = (Node)Put(_root, leaf, 0, ref isNew);
        return new StateMap(root, Count + (isNew ? 1 : 0), _hashes);
    }

    public StateMap Remove(string key)
    {
        if (Find(key) is not { } leaf) return this;
        return new StateMap(Without(_root, leaf, 0) as Node ?? new Node(0, []), Count - 1, _hashes);
    }

    /// <summary>All keys, in no order.</summary>
    public List<string> Keys()
    {
        var keys = new List<string>(Count);
        Collect(_root, leaf => keys.Add(leaf.Key));
        return keys;
    }

    /// <summary>The keys that may differ between two maps of one origin, in no order: parts that they share are passed over.</summary>
    public HashSet<string> KeysThatDiffer(StateMap other)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        Compare(_root, other._root, keys);
        return keys;
    }

    private Leaf? Find(string key)
    {
        var hash = _hashes.GetHashCode(key);
        var node = _root;
        for (var shift = 0; ; shift += BitsOfALevel)
        {
            var bit = BitOf(hash, shift);
            if ((node.Bits & bit) == 0) return null;
            var slot = node.Slots[node.PlaceOf(bit)];
            if (slot is Leaf leaf) return leaf.Hash == hash && leaf.Key == key ? leaf : null;
            if (slot is Leaf[] alike) return FindAmong(alike, key);
            node = (Node)slot;
        }
    }

    private static Leaf? FindAmong(Leaf[] alike, string key)
    {
        foreach (var leaf in alike)
        {
            if (leaf.Key == key) return leaf;
        }

        return null;
    }

    private static object Put(object? slot, Leaf leaf, int shift, ref bool isNew)
    {
        switch (slot)
        {
            case null:
                return leaf;
            case Leaf other when other.Hash == leaf.Hash && other.Key == leaf.Key:
                isNew = false;
                return leaf;
            case Leaf other when shift >= HashBits:
                return new[] { other, leaf };
            case Leaf other:
                return Put(new Node(BitOf(other.Hash, shift), [other]), leaf, shift, ref isNew);
            case Leaf[] alike:
                var at = Array.FindIndex(alike, one => one.Key == leaf.Key);
                if (at < 0) return (Leaf[])[.. alike, leaf];
                isNew = false;
                return alike.Select((one, place) => place == at ? leaf : one).ToArray();
            default:
                var node = (Node)slot;
                var bit = BitOf(leaf.Hash, shift);
                var child = (node.Bits & bit) == 0 ? null : node.Slots[node.PlaceOf(bit)];
                return node.With(bit, Put(child, leaf, shift + BitsOfALevel, ref isNew));
        }
    }

    /// <summary>What remains of a slot without a leaf that is in it; null for nothing.</summary>
    private static object? Without(object slot, Leaf leaf, int shift)
    {
        switch (slot)
        {
            case Leaf:
                return null;
            case Leaf[] alike:
                Leaf[] others = [.. alike.Where(one => one != leaf)];
                return others.Length == 1 ? others[0] : others;
            default:
                var node = (Node)slot;
                var bit = BitOf(leaf.Hash, shift);
                var rest = Without(node.Slots[node.PlaceOf(bit)], leaf, shift + BitsOfALevel);
                if (rest is not null) return rest is Leaf && node.Slots.Length == 1 && shift > 0 ? rest : node.With(bit, rest);
                if (node.Slots.Length == 1) return null;
                var smaller = node.Without(bit);
                return shift > 0 && smaller.Slots is [Leaf only] ? only : smaller;
        }
    }

    private static void Collect(object slot, Action<Leaf> take)
    {
        if (slot is Leaf leaf) take(leaf);
        else foreach (var part in slot is Node node ? node.Slots : (Leaf[])slot) Collect(part, take);
    }

    private static void Compare(object? left, object? right, HashSet<string> keys)
    {
        if (ReferenceEquals(left, right)) return;
        if (left is Node a && right is Node b)
        {
            for (var bits = a.Bits | b.Bits; bits != 0; bits &= bits - 1)
            {
                var bit = bits & (~bits + 1);
                Compare(a.At(bit), b.At(bit), keys);
            }

            return;
        }

        if (left is not null) Collect(left, leaf => keys.Add(leaf.Key));
        if (right is not null) Collect(right, leaf => keys.Add(leaf.Key));
    }

    private static uint BitOf(int hash, int shift) => 1u << ((hash >>> shift) & 31);

    private sealed class Leaf(string key, int hash, StateEntry entry)
    {
        public readonly string Key = key;
        public readonly int Hash = hash;
        public readonly StateEntry Entry = entry;
    }

    /// <summary>Slots for those of 32 places that are taken: each a leaf, a node, or, below the last bit of the hash, leaves of one hash.</summary>
    private sealed class Node(uint bits, object[] slots)
    {
        public readonly uint Bits = bits;
        public readonly object[] Slots = slots;

        public int PlaceOf(uint bit) => BitOperations.PopCount(Bits & (bit - 1));

        public object? At(uint bit) => (Bits & bit) == 0 ? null : Slots[PlaceOf(bit)];

        public Node With(uint bit, object slot)
        {
            var place = PlaceOf(bit);
            object[] copy;
            if ((Bits & bit) != 0)
            {
                copy = (object[])Slots.Clone();
            }
            else
            {
                copy = new object[Slots.Length + 1];
                Array.Copy(Slots, copy, place);
                Array.Copy(Slots, place, copy, place + 1, Slots.Length - place);
            }

            copy[place] = slot;
            return new Node(Bits | bit, copy);
        }

        public Node Without(uint bit)
        {
            var place = PlaceOf(bit);
            var copy = new object[Slots.Length - 1];
            Array.Copy(Slots, copy, place);
            Array.Copy(Slots, place + 1, copy, place, copy.Length - place);
            return new Node(Bits & ~bit, copy);
        }
    }
}
