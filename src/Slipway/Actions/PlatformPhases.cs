namespace Slipway.Actions;

/// <summary>The parts of the main job.</summary>
[Flags]
public enum PlatformPhases
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Terraform outputs into the context files.</summary>
    Context = 1,

    /// <summary>The context into the repository.</summary>
    Generation = 2,

    /// <summary>The repository up the verification ladder.</summary>
    Verification = 4,

    /// <summary>All of it.</summary>
    All = Context | Generation | Verification,
}
