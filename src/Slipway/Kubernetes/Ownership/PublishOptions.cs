namespace Slipway.Kubernetes.Ownership;

/// <summary>How a repository is published.</summary>
public sealed record PublishOptions
{
    /// <summary>Whether files that Slipway did not make but now generates are taken over, their text counting as a person's edit. Default: false, they are refused.</summary>
    public bool AdoptsExisting { get; init; }

    /// <summary>The folder that the repository may not leave by a link or by <c>..</c>; null for anywhere. Default: null.</summary>
    public string? Within { get; init; }

    /// <summary>
    /// Slipway's own records about the files, as paths below <c>.slipway/</c> with their content: written with the files, never merged. Default: none.
    /// </summary>
    public IReadOnlyList<(string Path, byte[] Content)> Records { get; init; } = [];
}
