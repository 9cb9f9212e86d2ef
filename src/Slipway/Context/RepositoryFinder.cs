using Slipway.Platform;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>Gathers the URLs of repositories from every output that has some; the URL of a repository in ECR is one whatever it is called.</summary>
internal sealed class RepositoryFinder(FactFinder finder, OutputSearch search)
{
    private const string Path = "container_registry.repository_urls";

    private readonly SortedDictionary<string, (string? Url, Provenance Source, TerraformValue? Value)> _found = new(StringComparer.Ordinal);

    /// <summary>True when something was wrong and reported.</summary>
    public bool Failed { get; private set; }

    /// <summary>Each repository's name with its URL, or null where only the name is known.</summary>
    public IReadOnlyDictionary<string, (string? Url, Provenance Source, TerraformValue? Value)> Find(FactSection section, FactDefinition fact)
    {
        if (finder.FindNamed(Path, FactShape.Repositories) is { } named)
        {
            Failed = named.Failed;
            if (named.Reading is { } reading) Add(reading, named.Source!);
            return _found;
        }

        var candidates = search.Candidates(section, fact).Strong.Concat(Endings()).Concat(search.Everything.Where(OutputForms.IsRepository)).Distinct().ToList();
        foreach (var value in candidates.Where(value => !value.IsSensitive))
        {
            // "repositories" may just as well list services by tier; what is no collection of URLs is not this fact.
            var reading = FactShapes.Read(FactShape.Repositories, value);
            if (reading.Problem is null) Add(reading, value.Source);
        }

        if (_found.Count > 0 || candidates.Find(value => value.IsSensitive) is not { } secret) return _found;
        finder.Fail(ContextDiagnostics.Sensitive(Path, secret));
        Failed = true;
        return _found;
    }

    private IEnumerable<TerraformValue> Endings() =>
        search.All
            .Where(output => OutputCatalogue.RepositoryEndings.Any(ending => output.Name.EndsWith(ending, StringComparison.Ordinal)))
            .Where(output => output.Value is { Kind: TerraformValueKind.String } value && value.Text.Contains('/', StringComparison.Ordinal))
            .Select(output => output.Value);

    private void Add(ShapeReading reading, Provenance whole)
    {
        foreach (var (name, url, value) in reading.Repositories)
        {
            if (!_found.TryGetValue(name, out var known) || known.Url is null)
            {
                _found[name] = (url, value?.Source ?? whole, value);
            }
            else if (url is not null && url != known.Url && value is not null && known.Value is { } first)
            {
                finder.Fail(ContextDiagnostics.Ambiguous(Path, first, value, search.Sources));
                Failed = true;
            }
        }
    }
}
