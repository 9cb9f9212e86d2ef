using System.Globalization;

namespace Slipway.Kubernetes.Schemas;

/// <summary>A minor version of Kubernetes whose API is known, 1.32 to 1.36.</summary>
public readonly record struct KubernetesVersion
{
    private readonly int _minor;

    private KubernetesVersion(int minor) => _minor = minor;

    /// <summary>The version taken when none is named: 1.34, the middle of what is known.</summary>
    public static KubernetesVersion Default { get; } = new(34);

    /// <summary>All known versions, oldest first.</summary>
    public static IReadOnlyList<KubernetesVersion> All { get; } = [.. Enumerable.Range(32, 5).Select(minor => new KubernetesVersion(minor))];

    /// <summary>The minor version: 34 for 1.34.</summary>
    public int Minor => _minor == 0 ? Default._minor : _minor;

    /// <summary>Reads <c>1.34</c>, <c>v1.34</c> or <c>1.34.2</c>.</summary>
    /// <returns>The version, or null when the text is no version or one whose API is not known.</returns>
    public static KubernetesVersion? Parse(string text)
    {
        var parts = text.TrimStart('v').Split('.');
        if (parts.Length is not (2 or 3) || parts[0] != "1") return null;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)) return null;
        foreach (var version in All)
        {
            if (version.Minor == minor) return version;
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"1.{Minor}");
}
