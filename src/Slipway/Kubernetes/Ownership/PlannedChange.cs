namespace Slipway.Kubernetes.Ownership;

/// <summary>What happens to one file.</summary>
public sealed record PlannedChange
{
    /// <summary>The path in the repository, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>What happens.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The text that is there, or null when there is no file.</summary>
    public string? OldText { get; init; }

    /// <summary>The text that will be there, or null when there will be no file.</summary>
    public string? NewText { get; init; }

    /// <summary>In how many places a person's lines stood against the generator's.</summary>
    public int Conflicts { get; init; }

    /// <summary>Text for the side file: null to leave it as it is, empty to remove it.</summary>
    internal string? SideText { get; init; }

    /// <summary>The file as it will be recorded, or null when it will not be Slipway's.</summary>
    internal OwnedFile? Owned { get; init; }

    /// <summary>What the plan saw on disk.</summary>
    internal byte[]? Seen { get; init; }

    /// <summary>Whether the file on disk changes.</summary>
    public bool ChangesFile => OldText != NewText;

    /// <summary>Whether text of a person is written, which no generator could make again.</summary>
    internal bool IsPrecious => Kind is ChangeKind.Merged or ChangeKind.Conflicted;
}
