namespace Slipway.Platform;

/// <summary>The one intermediate model: everything generation needs to know, whatever it was read from.</summary>
public sealed record PlatformModel
{
    /// <summary>What Terraform made.</summary>
    public required InfrastructureFacts Facts { get; init; }

    /// <summary>The services and what they share.</summary>
    public required Inventory Inventory { get; init; }

    /// <summary>The environments, each an overlay, in order of declaration.</summary>
    public required IReadOnlyList<EnvironmentDefinition> Environments { get; init; }

    /// <summary>Where Argo CD finds the generated repository.</summary>
    public required GitOpsSettings GitOps { get; init; }

    /// <summary>True to write placeholder Secrets as well as ExternalSecrets (for clusters without a secret store). Default: false.</summary>
    public bool PlaceholderSecrets { get; init; }

    /// <summary>Names of image repositories that no service uses, ordered.</summary>
    public IReadOnlyList<string> UnusedRepositories
    {
        get
        {
            var used = Inventory.Workloads.Select(workload => workload.Image.Repository.ToString()).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. (Facts.Registry?.RepositoryUrls ?? new Dictionary<string, Value<string>>())
                    .Where(entry => !used.Contains(entry.Value.ToString()))
                    .Select(entry => entry.Key)
                    .Order(StringComparer.Ordinal),
            ];
        }
    }
}
