namespace Slipway.Actions;

/// <summary>What a user asks of context, generation and verification.</summary>
public sealed record PlatformOptions
{
    /// <summary>The platform's folder, absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>The workspace, absolute, or null for what <c>slipway.yaml</c> says (<c>out</c> beside it by default).</summary>
    public string? Out { get; init; }

    /// <summary>The folder of templates that replace the built-in ones, absolute, or null for what <c>slipway.yaml</c> says.</summary>
    public string? Templates { get; init; }

    /// <summary>
    /// Where Terraform's outputs are, absolute: folders, files of <c>terraform output -json</c>, state files. Empty for what <c>slipway.yaml</c> says.
    /// </summary>
    public IReadOnlyList<string> Terraform { get; init; } = [];

    /// <summary>True to carry missing Terraform outputs as unknown. Default: false.</summary>
    public bool AllowUnknown { get; init; }

    /// <summary>True to take over files that stand where others are to be generated, their text counting as a person's edit. Default: false, they are refused.</summary>
    public bool Adopt { get; init; }

    /// <summary>What is to be done. Default: everything.</summary>
    public PlatformPhases Phases { get; init; } = PlatformPhases.All;
}
