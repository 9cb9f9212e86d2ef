using Slipway.Platform;
using Slipway.Terraform;

namespace Slipway.Configuration;

/// <summary>What <c>slipway.yaml</c> says, with defaults filled in. Paths are as written there, relative to its folder.</summary>
public sealed record SlipwayConfiguration
{
    /// <summary>Where the Terraform outputs are; one source or more. Default: the folder <c>terraform</c>.</summary>
    public required IReadOnlyList<TerraformSource> Terraform { get; init; }

    /// <summary>The service inventory. Default: <c>services.yaml</c>.</summary>
    public required Value<string> Inventory { get; init; }

    /// <summary>The workspace that receives what is made. Default: <c>out</c>.</summary>
    public required Value<string> Out { get; init; }

    /// <summary>The folder of templates that replace the built-in ones, or null for none.</summary>
    public Value<string>? Templates { get; init; }

    /// <summary>The Kubernetes version to verify against, such as <c>1.34</c>, or null for the validator's default.</summary>
    public Value<string>? KubernetesVersion { get; init; }

    /// <summary>Terraform output paths by fact (<c>database.endpoint</c>); they go before the conventional names.</summary>
    public required IReadOnlyDictionary<string, Value<string>> Mapping { get; init; }

    /// <summary>Fixed values by fact, from <c>values</c> and <c>project</c>; they go before everything.</summary>
    public required IReadOnlyDictionary<string, Value<string>> Values { get; init; }

    /// <summary>True to write placeholder Secrets as well. Default: false.</summary>
    public bool PlaceholderSecrets { get; init; }

    /// <summary>Where Argo CD finds the repository.</summary>
    public required GitOpsSettings GitOps { get; init; }

    /// <summary>The environments in order of declaration. Default: <c>dev-no-domain</c> and <c>production</c>.</summary>
    public required IReadOnlyList<EnvironmentDefinition> Environments { get; init; }
}
