using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>How things are called in an environment: kustomize puts the prefix before every name of the base and may move it to another namespace.</summary>
internal sealed class EnvironmentNames
{
    private const int LongestLabel = 63;

    /// <summary>Names for an environment.</summary>
    /// <param name="model">The platform.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="write">Writes a value as text.</param>
    public EnvironmentNames(PlatformModel model, EnvironmentDefinition environment, Func<Value<string>, string> write)
    {
        Environment = environment;
        Prefix = environment.NamePrefix is { } prefix ? write(prefix) : "";
        Namespace = write(environment.Namespace ?? model.Facts.Project.Namespace);
        var instance = $"{write(model.Facts.Project.Name)}-{environment.Name}";
        Instance = instance.Length > LongestLabel || instance.Contains('<', StringComparison.Ordinal) ? environment.Name : instance;
    }

    /// <summary>The environment.</summary>
    public EnvironmentDefinition Environment { get; }

    /// <summary>The environment's name, which is its overlay's folder.</summary>
    public string Name => Environment.Name;

    /// <summary>What is put before every name; empty for nothing.</summary>
    public string Prefix { get; }

    /// <summary>The namespace of everything in it.</summary>
    public string Namespace { get; }

    /// <summary>The value of <c>app.kubernetes.io/instance</c>, which keeps environments in one namespace apart.</summary>
    public string Instance { get; }

    /// <summary>The overlay's folder below the repository's root.</summary>
    public string Overlay => $"overlays/{Name}";

    /// <summary>What something of the base is called here.</summary>
    public string Of(string name) => Prefix + name;

    /// <summary>The principal of a service account in IAM's trust policies.</summary>
    public string Subject(string serviceAccount) => $"system:serviceaccount:{Namespace}:{Of(serviceAccount)}";
}
