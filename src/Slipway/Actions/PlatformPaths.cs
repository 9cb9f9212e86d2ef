namespace Slipway.Actions;

/// <summary>Where a platform's files are. All paths are absolute.</summary>
/// <param name="Directory">The platform's folder, the one with <c>slipway.yaml</c>.</param>
/// <param name="Workspace">The folder that receives what is made.</param>
public sealed record PlatformPaths(string Directory, string Workspace)
{
    /// <summary>The name of the configuration file.</summary>
    public const string ConfigurationName = "slipway.yaml";

    /// <summary>The configuration file.</summary>
    public string ConfigurationFile => Path.Combine(Directory, ConfigurationName);

    /// <summary>The folder of the four context files.</summary>
    public string Context => Path.Combine(Workspace, "k8s-context");

    /// <summary>The folder of the generated repository.</summary>
    public string Manifests => Path.Combine(Workspace, "k8s-manifests");
}
