namespace Slipway.Coordination.Gates;

/// <summary>What a quality gate judges: one of the known types or a name of the user's own. Two types of one name are equal.</summary>
public readonly record struct GateType
{
    private const int LongestName = 100;
    private readonly string? _name;

    private GateType(string name) => _name = name;

    /// <summary>How much of the code the tests reach, 0 to 1.</summary>
    public static GateType Coverage { get; } = new("coverage");

    /// <summary>What a linter finds.</summary>
    public static GateType Linting { get; } = new("linting");

    /// <summary>What a type checker finds.</summary>
    public static GateType TypeChecking { get; } = new("type_checking");

    /// <summary>What a security scanner finds.</summary>
    public static GateType Security { get; } = new("security");

    /// <summary>A score of any other kind; the type of a gate that names none.</summary>
    public static GateType Score { get; } = new("score");

    /// <summary>The name, as journals and JSON show it.</summary>
    public string Name => _name ?? "score";

    /// <summary>A type by its name.</summary>
    /// <param name="name">1 to 100 characters of <c>a-z</c>, <c>0-9</c>, <c>_</c>, <c>.</c> and <c>-</c>.</param>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    public static GateType Of(string name) =>
        TryParse(name, out var type) ? type : throw new ArgumentException($"'{name}' is no name of a gate type: use 1 to {LongestName} of a-z, 0-9, _, . and -", nameof(name));

    /// <summary>Reads a type's name.</summary>
    /// <returns>False when it is no such name; see <see cref="Of"/>.</returns>
    public static bool TryParse(string? name, out GateType type)
    {
        var isName = name is { Length: > 0 and <= LongestName };
        for (var i = 0; isName && i < name!.Length; i++) isName = char.IsAsciiLetterLower(name[i]) || char.IsAsciiDigit(name[i]) || name[i] is '_' or '.' or '-';
        type = isName ? new GateType(name!) : default;
        return isName;
    }

    /// <summary>Two types of one name are equal.</summary>
    public bool Equals(GateType other) => Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
