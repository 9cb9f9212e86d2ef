using Slipway.Kubernetes.Generation.Overlays;

namespace Slipway.Kubernetes.Generation.GitOps;

/// <summary>How things are called in Argo CD.</summary>
internal sealed class GitOpsNames(PlatformText platform)
{
    /// <summary>The platform.</summary>
    public PlatformText Platform { get; } = platform;

    /// <summary>The AppProject of the environments.</summary>
    public string Project => Platform.Project;

    /// <summary>The AppProject of the cluster's infrastructure.</summary>
    public string InfrastructureProject => $"{Platform.Project}-infrastructure";

    /// <summary>The application of the folder <c>infrastructure/</c>.</summary>
    public string Infrastructure => $"{Platform.Project}-infrastructure";

    /// <summary>The application of an environment.</summary>
    public string Environment(string name) => $"{Platform.Project}-{name}";

    /// <summary>A folder of the generated repository as a path in the Git repository.</summary>
    public string PathOf(string folder)
    {
        var root = Platform.Of(Platform.Model.GitOps.Path).Trim('/');
        return root is "" or "." ? folder : $"{root}/{folder}";
    }
}
