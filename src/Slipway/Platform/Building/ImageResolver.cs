using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Building;

/// <summary>
/// Finds the repositories of images in the registry. A repository named <c>web-ui</c> is <c>web-ui</c>, <c>{project}-web-ui</c>,
/// <c>{project}/web-ui</c>, or one of the latter two with the environment after the project, in this order.
/// </summary>
internal sealed class ImageResolver(InfrastructureFacts facts, ICollection<Diagnostic> problems)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The image of a workload with its full repository.</summary>
    public ImageReference Resolve(Workload workload)
    {
        var image = workload.Image;
        if (!image.FromRegistry || !image.Repository.TryGet(out var name)) return image;
        return image with { Repository = FindRepository(workload, name) };
    }

    /// <summary>Tells of repositories that no image came from.</summary>
    public void ReportUnused()
    {
        foreach (var (name, url) in facts.Registry?.RepositoryUrls ?? new Dictionary<string, Value<string>>(StringComparer.Ordinal))
        {
            if (_used.Contains(name)) continue;
            problems.Add(new Diagnostic
            {
                Code = BuilderCodes.UnusedRepository,
                Severity = Severity.Info,
                Summary = $"no service uses the image repository '{name}'",
                Place = url.Source.Place,
                Detail = url.Source.Origin,
                Fix = "nothing needs to be done; list a service for it, or remove the repository from Terraform",
            });
        }
    }

    private Value<string> FindRepository(Workload workload, string name)
    {
        var source = workload.Image.Repository.Source;
        if (facts.Registry is not { } registry)
            return Missing(workload, name, "Terraform gives no container registry", "add an output ecr_base_url or repository_urls, or name a full repository such as docker.io/library/nginx");

        var spellings = Spellings(name);
        if (registry.RepositoryUrls.Count == 0)
        {
            // Without a list of repositories the registry's address is all there is to go by; the default repository carries the project's name.
            var isDefault = source.Kind == ProvenanceKind.Default;
            var path = isDefault && spellings.Count > 1 ? spellings[1] : name;
            return registry.EcrBaseUrl.TryGet(out var host)
                ? Value.Known($"{host}/{path}", Provenance.Derived($"{{ecr_base_url}}/{path}"))
                : Value.Unknown<string>($"container_registry.repository_urls.{name}", source);
        }

        foreach (var spelling in spellings)
        {
            if (!registry.RepositoryUrls.TryGetValue(spelling, out var url)) continue;
            _used.Add(spelling);
            return url;
        }

        if (!facts.Project.Name.TryGet(out _) && registry.RepositoryUrls.Keys.FirstOrDefault(key => key.EndsWith($"-{name}", StringComparison.Ordinal)) is { } suffixed)
        {
            _used.Add(suffixed);
            return registry.RepositoryUrls[suffixed];
        }

        var close = Suggestion.Near(name, registry.RepositoryUrls.Keys, 3);
        var fix = close.Count > 0
            ? $"did you mean {string.Join(" or ", close.Select(key => $"'{key}'"))}? Write it as 'image: {{repository: …}}'"
            : "make the repository in Terraform, or name another one as 'image: {repository: …}'";
        return Missing(workload, name, $"the registry has no repository '{name}' for the image of '{workload.Name}'", fix);
    }

    private List<string> Spellings(string name)
    {
        var spellings = new List<string> { name };
        if (!facts.Project.Name.TryGet(out var project)) return spellings;
        spellings.AddRange([$"{project}-{name}", $"{project}/{name}"]);
        if (facts.Project.Environment.TryGet(out var environment)) spellings.AddRange([$"{project}-{environment}-{name}", $"{project}/{environment}/{name}"]);
        return spellings;
    }

    private Value<string> Missing(Workload workload, string name, string summary, string fix)
    {
        var source = workload.Image.Repository.Source;
        problems.Add(new Diagnostic
        {
            Code = BuilderCodes.MissingRepository,
            Summary = summary,
            Place = source.Place ?? workload.Image.Tag?.Source.Place ?? workload.Source.Place,
            Fix = fix,
        });
        return Value.Unknown<string>($"container_registry.repository_urls.{name}", source);
    }
}
