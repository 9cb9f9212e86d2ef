namespace Slipway.Kubernetes.Validation;

/// <summary>What a file is to the ladder.</summary>
internal enum FileRole
{
    /// <summary>YAML that holds no API object, such as Helm values.</summary>
    Other,

    /// <summary>API objects.</summary>
    Manifest,

    /// <summary>A kustomization.</summary>
    Kustomization,

    /// <summary>Partial objects that a kustomization lays over others.</summary>
    Patch,
}
