using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>A value read as a fact's shape.</summary>
/// <param name="Text">The normal form; two values of one text are the same fact.</param>
/// <param name="Problem">What it is instead of what is expected, to follow its address in a sentence; null when it fits.</param>
internal sealed record ShapeReading(string Text, string? Problem = null)
{
    /// <summary>The port that stood in a host's text, or null.</summary>
    public string? Port { get; init; }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Repositories: name and URL; the URL is null when only the name was given.</summary>
    public IReadOnlyList<(string Name, string? Url, TerraformValue? Source)> Repositories { get; init; } = [];

    public static ShapeReading Wrong(string problem) => new("", problem);
}
