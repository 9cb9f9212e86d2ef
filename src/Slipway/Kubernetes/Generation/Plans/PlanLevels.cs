using System.Globalization;

namespace Slipway.Kubernetes.Generation.Plans;

/// <summary>The levels of a generation plan and their order: <c>0, 1, 2a, 2b, 2c, 3, …</c>.</summary>
internal static class PlanLevels
{
    public const string Documentation = "0";
    public const string Directories = "1";
    public const string NamespaceAndRbac = "2a";
    public const string Infrastructure = "2b";
    public const string Configuration = "2c";
    public const string Networking = "3";
    public const string Deployments = "4";
    public const string Advanced = "5";
    public const string Overlays = "6";

    /// <summary>The usual levels with their types, in order.</summary>
    public static IReadOnlyList<(string Name, string Type, bool Sequential)> Usual { get; } =
    [
        (Documentation, "documentation", false),
        (Directories, "directories", false),
        (NamespaceAndRbac, "namespace_rbac", true),
        (Infrastructure, "infrastructure", false),
        (Configuration, "configuration", false),
        (Networking, "networking", false),
        (Deployments, "deployments", false),
        (Advanced, "advanced", true),
        (Overlays, "overlays", false),
    ];

    /// <summary>The place of a level: digits, then letters.</summary>
    /// <returns>The rank, or -1 when the name is not digits with at most one letter behind.</returns>
    public static int Rank(string name)
    {
        var letter = name.Length > 0 && char.IsAsciiLetterLower(name[^1]) ? name[^1] - 'a' + 1 : 0;
        var digits = letter > 0 ? name.AsSpan(0, name.Length - 1) : name;
        return digits.Length is > 0 and <= 4 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number * 32) + letter
            : -1;
    }
}
