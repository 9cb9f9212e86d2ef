namespace Slipway.Workspace;

/// <summary>A program to run. Arguments are passed as they are; no shell is between.</summary>
/// <param name="Program">A name on PATH or an absolute path.</param>
/// <param name="Arguments">The arguments.</param>
public sealed record ProcessCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>The working directory, or null for the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Text for standard input, or null for none.</summary>
    public string? Input { get; init; }
}
