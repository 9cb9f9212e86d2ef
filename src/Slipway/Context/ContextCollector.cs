using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>
/// Makes <see cref="InfrastructureFacts"/> from Terraform outputs. Every missing, mistyped, ambiguous or sensitive output is
/// reported at once, with the files that need it and how to map it.
/// </summary>
public sealed class ContextCollector
{
    private readonly ContextRequest _request;
    private readonly List<Diagnostic> _problems = [];
    private readonly OutputSearch _search;
    private readonly InventoryNeeds _needs;
    private readonly FactFinder _finder;
    private readonly FactTable _table = new();
    private readonly Dictionary<string, OutputCandidates?> _candidates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Port, Provenance Source)> _endpointPorts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, (string? Url, Provenance Source, TerraformValue? Value)> _repositories =
        new Dictionary<string, (string?, Provenance, TerraformValue?)>(StringComparer.Ordinal);

    private ContextCollector(ContextRequest request)
    {
        _request = request;
        _search = new OutputSearch(request.Outputs);
        _needs = InventoryNeeds.Of(request.Inventory);
        _finder = new FactFinder(request, _search, _needs, _problems);
    }

    /// <summary>Collects the facts.</summary>
    /// <param name="request">Outputs, mapping and what is needed.</param>
    /// <param name="problems">Receives what is wrong; with <see cref="ContextRequest.AllowUnknown"/> missing facts are warnings.</param>
    /// <returns>The facts, or null with an error among the problems.</returns>
    public static InfrastructureFacts? Collect(ContextRequest request, ICollection<Diagnostic> problems)
    {
        var collector = new ContextCollector(request);
        var facts = collector.Collect();
        foreach (var problem in collector._problems) problems.Add(problem);
        return collector._problems.Exists(problem => problem.Severity == Severity.Error) ? null : facts;
    }

    private InfrastructureFacts Collect()
    {
        _finder.CheckKeys();
        foreach (var section in OutputCatalogue.Sections)
        {
            foreach (var fact in section.Facts) Find(section, fact);
        }

        TakeRegistryFromRepositories();
        var sections = OutputCatalogue.Sections.Where(section => IsNeeded(section.Name)).ToList();
        foreach (var section in sections.Where(section => section.Name != OutputCatalogue.Project)) FindNested(section);
        Derive();
        DeriveFromNames();
        foreach (var section in sections.Where(section => section.Name == OutputCatalogue.Project)) FindNested(section);
        Derive();

        ReportMissing(sections);
        return Build([.. sections.Select(section => section.Name)]);
    }

    private void Find(FactSection section, FactDefinition fact)
    {
        if (fact.Shape == FactShape.Repositories)
        {
            var finder = new RepositoryFinder(_finder, _search);
            _repositories = finder.Find(section, fact);
            if (_repositories.Count > 0 || finder.Failed) _found.Add(section.Name);
            return;
        }

        var finding = _finder.Find(section, fact);
        _candidates[fact.Path] = finding.Candidates;
        Take(section, fact, finding);
    }

    // The second look, only for what is needed: elsewhere a name deep inside, or a value that looks like it, would raise questions nobody asked.
    private void FindNested(FactSection section)
    {
        foreach (var fact in section.Facts.Where(fact => fact.Shape != FactShape.Repositories && !_table.Has(fact.Path) && !_table.HasFailed(fact.Path)))
        {
            if (fact.Path == "storage.bucket_name" && _table.Has("storage.bucket_arn")) continue;
            Take(section, fact, _finder.FindNested(section, fact));
        }
    }

    private void Take(FactSection section, FactDefinition fact, FactFinding finding)
    {
        if (finding.Failed) _table.SetFailed(fact.Path);
        if (finding.Failed || finding.Reading is not null) _found.Add(section.Name);
        if (fact.Shape == FactShape.Port) CheckPort(fact.Path, finding);
        if (finding.Reading is not { } reading || _table.HasFailed(fact.Path)) return;

        if (fact.Shape == FactShape.Subnets) _table.Subnets = Value.Known(reading.Items, finding.Source!);
        else _table.Set(fact.Path, Value.Known(reading.Text, finding.Source!));
        if (reading.Port is { } port) _endpointPorts[$"{section.Name}.port"] = (port, finding.Source!);
    }

    // An endpoint "host:port" and an output of the port must agree; the endpoint stands before the port in the catalogue.
    private void CheckPort(string path, FactFinding finding)
    {
        if (finding.Failed || !_endpointPorts.TryGetValue(path, out var endpoint)) return;
        if (finding.Reading is null) _table.Set(path, Value.Known(endpoint.Port, endpoint.Source));
        if (finding.Reading is not { } other || other.Text == endpoint.Port || finding.Source!.Kind != ProvenanceKind.Terraform) return;
        _table.SetFailed(path);
        _finder.Fail(new Diagnostic
        {
            Code = "SLW1113",
            Summary = $"{endpoint.Source.Origin} (port {endpoint.Port}) and {finding.Source.Origin} ({other.Text}) both tell {path} and differ",
            Place = finding.Source.Place,
            Fix = $"mend one of the two outputs, or in slipway.yaml write `values: {{{path}: <port>}}`",
        });
    }

    private void TakeRegistryFromRepositories()
    {
        const string Path = "container_registry.ecr_base_url";
        if (_table.Has(Path) || _table.HasFailed(Path)) return;
        var hosts = _repositories.Values
            .Where(repository => repository.Url is not null)
            .Select(repository => (Host: repository.Url!.Split('/')[0], repository.Source))
            .DistinctBy(repository => repository.Host, StringComparer.Ordinal)
            .ToList();
        if (hosts is [var only]) _table.Set(Path, Value.Known(only.Host, Provenance.Derived($"the host of {only.Source.Origin}")));
    }

    private void Derive()
    {
        DerivePortOfSharedEndpoint();
        foreach (var rule in DerivationRule.All)
        {
            if (_table.Has(rule.Target) || _table.HasFailed(rule.Target)) continue;
            var inputs = rule.Inputs.Select(_table.Known).ToList();
            if (inputs.Contains(null) || rule.Derive(inputs!) is not { Length: > 0 } text) continue;
            _table.Set(rule.Target, Value.Known(text, rule.IsDefault ? Provenance.Default(rule.Origin) : Provenance.Derived(rule.Origin)));
        }
    }

    private void DerivePortOfSharedEndpoint()
    {
        if (_table.Has("database.port") || _table.Find("database.endpoint") is not { } endpoint) return;
        if (_search.Named("cluster_endpoint").All(value => value.Address != endpoint.Source.Origin)) return;
        var port = _search.Named("cluster_port").FirstOrDefault(value => !value.IsSensitive);
        if (port is not null && FactShapes.Read(FactShape.Port, port) is { Problem: null } reading)
            _table.Set("database.port", Value.Known(reading.Text, port.Source));
    }

    private void DeriveFromNames()
    {
        var texts = _table.Texts.Where(value => !value.IsUnknown).Select(value => (Text: value.Content, value.Source)).ToList();
        var arns = _search.All
            .Where(output => output.Value is { Kind: TerraformValueKind.String, IsSensitive: false } value && AwsNames.IsArn(value.Text))
            .OrderBy(output => output.Name, StringComparer.Ordinal)
            .Select(output => (output.Value.Text, output.Value.Source));
        texts.AddRange(arns);
        TakeFirst("project.aws_account_id", "the account", texts, AwsNames.AccountOf);
        TakeFirst("project.region", "the region", texts, AwsNames.RegionOf);
        if (_table.Has("kubernetes.cluster_name") || _table.HasFailed("kubernetes.cluster_name")) return;
        var clusters = _search.Everything
            .Where(value => value is { Kind: TerraformValueKind.String, IsSensitive: false } && value.Text.Contains(":eks:", StringComparison.Ordinal) && AwsNames.IsArn(value.Text))
            .Select(value => (value.Text, value.Source))
            .ToList();
        TakeFirst("kubernetes.cluster_name", "the cluster", clusters, ClusterOf);
    }

    private static string? ClusterOf(string arn)
    {
        var resource = AwsNames.ResourceOf(arn).Split('/');
        return resource is ["cluster", var name] ? name : null;
    }

    private void TakeFirst(string path, string what, List<(string Text, Provenance Source)> texts, Func<string, string?> take)
    {
        if (_table.Has(path) || _table.HasFailed(path)) return;
        foreach (var (text, source) in texts)
        {
            if (take(text) is not { } found) continue;
            _table.Set(path, Value.Known(found, new Provenance(ProvenanceKind.Derived, $"{what} in {source.Origin}", source.Place)));
            return;
        }
    }

    private bool IsNeeded(string section)
    {
        if (section == OutputCatalogue.Project) return true;
        if (_request.Sections is { } sections) return sections.Contains(section);
        return _needs.Needs(section) || _found.Contains(section) || _finder.IsNamed(section);
    }

    // What follows from a missing fact is not reported as well: adding that fact brings it.
    private void ReportMissing(List<FactSection> sections)
    {
        var missing = sections
            .SelectMany(section => section.Facts)
            .Where(fact => fact.Required && fact.Shape != FactShape.Repositories && !_table.Has(fact.Path) && !_table.HasFailed(fact.Path))
            .ToList();
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fact in missing.Where(fact => !DerivationRule.All.Any(rule => rule.Target == fact.Path))) reported.Add(fact.Path);
        foreach (var fact in missing.Where(fact => !reported.Contains(fact.Path)).ToList())
        {
            var follows = DerivationRule.All.Any(rule => rule.Target == fact.Path && rule.Inputs.Any(input => reported.Contains(input) || _table.HasFailed(input)));
            if (!follows || _request.AllowUnknown) reported.Add(fact.Path);
        }

        foreach (var fact in missing.Where(fact => reported.Contains(fact.Path)))
            _finder.Fail(ContextDiagnostics.Missing(fact, _candidates.GetValueOrDefault(fact.Path), _needs.FilesOf(fact), _request.Outputs));
    }

    private InfrastructureFacts Build(HashSet<string> sections)
    {
        var builder = new FactBuilder(_table, _repositories);
        var roles = new RoleFinder(_finder, _search, _problems).Find(_needs.Roles, _table);
        return new InfrastructureFacts
        {
            Project = builder.Project(),
            Networking = sections.Contains(OutputCatalogue.Networking) ? builder.Networking() : null,
            Database = sections.Contains(OutputCatalogue.Database) ? builder.Database() : null,
            Cache = sections.Contains(OutputCatalogue.Cache) ? builder.Cache() : null,
            Storage = sections.Contains(OutputCatalogue.Storage) ? builder.Storage() : null,
            Registry = sections.Contains(OutputCatalogue.Registry) ? builder.Registry() : null,
            Cluster = sections.Contains(OutputCatalogue.Kubernetes) ? builder.Cluster() : null,
            IrsaRoles = roles,
        };
    }
}
