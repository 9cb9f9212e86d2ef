using Slipway.Documents;
using Slipway.Kubernetes.Generation;
using Slipway.Platform;

namespace Slipway.Actions;

/// <summary>A generated repository in numbers, and what is left for a person to do.</summary>
public sealed record RepositorySummary
{
    /// <summary>How many objects of each kind the base holds, ordered by kind.</summary>
    public required IReadOnlyDictionary<string, int> Objects { get; init; }

    /// <summary>Each unknown value with the files that wait for it, ordered by name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Unknowns { get; init; }

    /// <summary>Secrets that no Terraform source fills.</summary>
    public required IReadOnlyList<SecretDefinition> SecretsToFill { get; init; }

    /// <summary>Image repositories that no service uses, ordered.</summary>
    public required IReadOnlyList<string> UnusedRepositories { get; init; }

    /// <summary>The environments by name, in order of declaration.</summary>
    public required IReadOnlyList<string> Environments { get; init; }

    /// <summary>Sums a prepared platform up; makes what is not made yet.</summary>
    public static RepositorySummary? Of(PreparedPlatform platform)
    {
        if (platform.Session is not { } session) return null;
        var files = PlatformAgents.Files(session);
        return new RepositorySummary
        {
            Objects = CountObjects(files.Where(file => file.Path.StartsWith("base/", StringComparison.Ordinal))),
            Unknowns = FindUnknowns(files),
            SecretsToFill = [.. platform.Model.Inventory.Secrets.Where(secret => !secret.FromTerraform)],
            UnusedRepositories = platform.Model.UnusedRepositories,
            Environments = [.. session.Environments.Select(environment => environment.Name)],
        };
    }

    private static SortedDictionary<string, int> CountObjects(IEnumerable<GeneratedFile> files)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var document in files.SelectMany(file => file.Documents))
        {
            if ((document.Root as MappingNode)?.Text("kind") is { } kind and not "Kustomization") counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }

        return counts;
    }

    private static SortedDictionary<string, IReadOnlyList<string>> FindUnknowns(IEnumerable<GeneratedFile> files)
    {
        var unknowns = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var name in UnknownMarker.FindAll(file.Content).Distinct(StringComparer.Ordinal))
            {
                unknowns[name] = [.. unknowns.GetValueOrDefault(name) ?? [], file.Path];
            }
        }

        return unknowns;
    }
}
