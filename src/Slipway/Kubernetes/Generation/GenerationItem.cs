using Slipway.Documents;

namespace Slipway.Kubernetes.Generation;

/// <summary>One thing to generate: an entry of the generation plan.</summary>
public sealed record GenerationItem
{
    /// <summary>The stable id: <c>deployments/api-gateway</c>, <c>rbac/roles</c>, <c>overlays/production</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How the generation plan lists it: a file (<c>base/rbac/roles.yaml</c>), a folder (<c>overlays/production/</c>) or, in a parallel group, a name.</summary>
    public required string Entry { get; init; }

    /// <summary>The level: <c>0, 1, 2a, 2b, 2c, 3, 4, 5, 6</c>. In a session, that of the plan; in a definition, the usual one.</summary>
    public required string Level { get; init; }

    /// <summary>The parallel group in its level, such as a tier, or null.</summary>
    public string? Group { get; init; }

    /// <summary>The name of the tool that makes it.</summary>
    public required string Tool { get; init; }

    /// <summary>The tool's arguments; what is missing it derives from the platform.</summary>
    public MappingNode Arguments { get; init; } = new();

    /// <summary>The files it makes, below the repository's root. A path that ends with a slash is a folder.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>One sentence for people: what it is.</summary>
    public required string Summary { get; init; }

    /// <summary>What it needs of other items.</summary>
    public IReadOnlyList<ItemNeed> Needs { get; init; } = [];

    /// <summary>True when nothing holds without it, so that a plan may not drop it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True for an entry that only says what is planned and makes no file of its own (directories).</summary>
    public bool IsStructure { get; init; }

    /// <summary>
    /// True for what is planned first and finished last (documentation): it may stand in any level, and it depends on everything that is not
    /// finished last itself.
    /// </summary>
    public bool IsFinishedLast { get; init; }

    /// <summary>The ids of items that must be made before it; set in a session, ordered.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}
