using Slipway.Kubernetes.Schemas;

namespace Slipway.Kubernetes.Validation;

/// <summary>How to validate.</summary>
public sealed record ValidationOptions
{
    /// <summary>The Kubernetes version whose schemas count. Default: <see cref="KubernetesVersion.Default"/>.</summary>
    public KubernetesVersion KubernetesVersion { get; init; } = KubernetesVersion.Default;

    /// <summary>A directory with CustomResourceDefinitions for further kinds; null for none.</summary>
    public string? CrdDirectory { get; init; }

    /// <summary>True to build every Kustomize root with <c>kubectl kustomize</c>. Default: true.</summary>
    public bool Build { get; init; } = true;

    /// <summary>True to ask the cluster for a server-side dry run and for its custom kinds. Default: false.</summary>
    public bool Server { get; init; }

    /// <summary>The kubectl context for <see cref="Server"/>; null for the current one.</summary>
    public string? KubeContext { get; init; }

    /// <summary>How many programs may run at once, at least 1. Default: the number of processors.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
