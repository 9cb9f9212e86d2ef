using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Schemas;
using Slipway.Kubernetes.Validation.Building;
using Slipway.Kubernetes.Validation.Loading;
using Slipway.Kubernetes.Validation.Policy;
using Slipway.Kubernetes.Validation.References;
using Slipway.Kubernetes.Validation.Schema;
using Slipway.Kubernetes.Validation.Server;
using Slipway.Workspace;

namespace Slipway.Kubernetes.Validation;

/// <summary>One climb of the ladder. Roots are built while the schema rung runs; references and policy look at what was built.</summary>
internal sealed class LadderRun(IFileSystem files, IProcessRunner processes, TimeProvider time, string directory, ValidationOptions options)
{
    private const string YamlErrors = "the YAML rung found errors";

    private readonly RungClock _yaml = new(Rung.Yaml, time);
    private readonly RungClock _schema = new(Rung.Schema, time);
    private readonly RungClock _references = new(Rung.References, time);
    private readonly RungClock _policy = new(Rung.Policy, time);
    private readonly RungClock _build = new(Rung.Build, time);
    private readonly RungClock _server = new(Rung.Server, time);

    public async Task<ValidationReport> ClimbAsync(CancellationToken cancellationToken)
    {
        var set = new ManifestSet([], new Dictionary<string, Kustomization>(StringComparer.Ordinal), []);
        _yaml.Run(() => set = LoadAll());
        var reaches = set.Roots.Select(root => new RootReach(set, root, path => files.FileExists(Path.Combine(directory, path))))
            .OrderBy(reach => reach.Kustomizations.Count).ThenBy(reach => reach.Root.Folder, StringComparer.Ordinal).ToList();

        using var builder = new KustomizeBuilder(processes, directory, options.Parallelism);
        var started = time.GetTimestamp();
        var builds = StartBuilds(set, reaches, builder, out var completed, cancellationToken);
        var server = new ServerDryRun(processes, options.KubeContext);
        var catalog = SchemaCatalog.For(options.KubernetesVersion);
        await AddKindsAsync(catalog, set, server, cancellationToken);
        var schema = new SchemaRung(catalog, _schema.Findings);
        _schema.Run(() => schema.Run(set, completed));
        _schema.Files = set.Files.Count(file => file.Role != FileRole.Other);
        _schema.Objects = set.Files.Sum(file => file.Objects.Count);

        var built = (await Task.WhenAll(builds)).Select(WithoutKnownCause).ToArray();
        ReportBuilds(built, time.GetElapsedTime(started));
        var judged = built.Where(root => !built.Any(other => other.Reach.Contains(root.Reach) && (other.IsBuilt || !root.IsBuilt))).ToList();
        _schema.Run(() => CheckBuilt(schema, set, judged, completed));
        CheckScopes(set, built, judged);
        if (options.Server) await AskServerAsync(server, built, cancellationToken);
        else _server.Reason = "not asked for (--server)";
        return Report(set, reaches, schema);
    }

    private ManifestSet LoadAll()
    {
        var set = new ManifestLoader(files).Load(directory);
        foreach (var problem in set.Problems) _yaml.Findings.Add(problem);
        _yaml.Files = set.Files.Count;
        _yaml.Objects = set.Files.Sum(file => file.Documents.Count);
        _yaml.Findings.Count(set.Files.Count);
        return set;
    }

    private List<Task<BuiltRoot>> StartBuilds(ManifestSet set, List<RootReach> reaches, KustomizeBuilder builder, out HashSet<string> completed, CancellationToken cancellationToken)
    {
        var kubectl = options.Build && set.RootsAreReadable && reaches.Count > 0 ? processes.Find("kubectl") : null;
        var reason = !options.Build ? "not asked for" : !set.RootsAreReadable ? YamlErrors : kubectl is null && reaches.Count > 0 ? "kubectl is not on PATH" : null;
        var contents = new RootContents(set, _references.Findings);
        var builds = new Dictionary<RootReach, Task<BuiltRoot>>();
        foreach (var reach in reaches)
        {
            _references.Findings.Scope = reach.Root.Name;
            var sound = true;
            if (set.RootsAreReadable) _references.Run(() => sound = contents.Check(reach));
            if ((reason ?? (!sound ? "its contents are wrong" : reach.Unreadable is { } broken ? $"'{broken}' is no YAML" : reach.IsRemote ? "it takes up what lies elsewhere" : null)) is { } skip)
                builds[reach] = Task.FromResult(new BuiltRoot(reach) { NotBuilt = skip });
        }

        // The longest first, so that none of them is left to run alone at the end; a root comes before its parts.
        var tried = reaches.Where(reach => !builds.ContainsKey(reach))
            .OrderByDescending(reach => reach.Objects.Count).ThenByDescending(reach => reach.Kustomizations.Count).ToList();
        completed = tried.SelectMany(reach => reach.Files).ToHashSet(StringComparer.Ordinal);
        foreach (var reach in tried)
        {
            var wholes = tried.Where(other => other.Contains(reach)).Select(other => builds[other]).ToList();
            builds[reach] = Task.Run(() => BuildAsync(reach, wholes, builder, cancellationToken), cancellationToken);
        }

        return reaches.ConvertAll(reach => builds[reach]);
    }

    // A root that builds has built its parts; they are built alone only to tell whose fault it is that none does.
    private static async Task<BuiltRoot> BuildAsync(RootReach reach, List<Task<BuiltRoot>> wholes, KustomizeBuilder builder, CancellationToken cancellationToken) =>
        (await Task.WhenAll(wholes)).Any(whole => whole.IsBuilt) ? new BuiltRoot(reach) { IsWithin = true } : await builder.BuildAsync(reach, cancellationToken);

    private async Task AddKindsAsync(SchemaCatalog catalog, ManifestSet set, ServerDryRun server, CancellationToken cancellationToken)
    {
        foreach (var item in set.Objects.Where(item => item.Kind == "CustomResourceDefinition")) CustomResourceReader.Add(catalog, item.Node);
        if (options.CrdDirectory is { } folder) AddDirectory(catalog, folder);
        if (!options.Server) return;
        if (processes.Find("kubectl") is null) _server.Reason = "kubectl is not on PATH";
        else if (await server.AddKindsAsync(catalog, cancellationToken) is { } problem)
        {
            _server.Findings.Add(problem);
            _server.Reason = problem.Summary;
        }
    }

    private void AddDirectory(SchemaCatalog catalog, string folder)
    {
        var read = files.DirectoryExists(folder) ? new ManifestLoader(files).Load(folder) : null;
        var added = read?.Objects.Sum(item => CustomResourceReader.Add(catalog, item.Node)) ?? 0;
        foreach (var problem in read?.Problems ?? []) _schema.Findings.Add(problem with { Code = Codes.BadCustomResource, Place = problem.Place! with { File = $"{folder}/{problem.Place.File}" } });
        if (added > 0) return;
        _schema.Findings.Add(new Diagnostic
        {
            Code = Codes.BadCustomResource,
            Summary = "the directory holds no CustomResourceDefinition with a schema",
            Place = new SourcePlace(folder),
            Fix = "name a directory with manifests of kind CustomResourceDefinition",
        });
    }

    // A kustomization that the schema rung refuses does not build either; once is enough.
    private BuiltRoot WithoutKnownCause(BuiltRoot root)
    {
        if (root.Problems.Count == 0) return root;
        var ours = root.Reach.Kustomizations.Select(kustomization => kustomization.File.Path).ToHashSet(StringComparer.Ordinal);
        var known = _schema.Findings.Findings.Any(finding => finding.Severity == Severity.Error && finding.Place?.File is { } file && ours.Contains(file));
        return known ? new BuiltRoot(root.Reach) { NotBuilt = "its kustomization does not fit the schema" } : root;
    }

    private void ReportBuilds(BuiltRoot[] built, TimeSpan spent)
    {
        foreach (var root in built)
        {
            _build.Findings.Scope = root.Reach.Root.Name;
            foreach (var problem in root.Problems) _build.Findings.Add(problem);
            _build.Findings.Count(root.NotBuilt is null ? 1 : 0);
        }

        var left = built.Where(root => root.NotBuilt is not null).ToList();
        if (left.Count < built.Length) _build.Ran(spent);
        _build.Files = built.Length - left.Count;
        _build.Objects = built.Sum(root => root.Objects.Count);
        if (built.Length == 0) _build.Reason = "there is no kustomization";
        else if (left.Count == built.Length) _build.Reason = left[0].NotBuilt;
        else if (left.Count > 0) _build.Reason = string.Join("; ", left.Select(root => $"{root.Reach.Root.Name}: {root.NotBuilt}"));
    }

    private void CheckBuilt(SchemaRung schema, ManifestSet set, List<BuiltRoot> judged, HashSet<string> completed)
    {
        completed.ExceptWith(judged.Where(root => root.IsBuilt).SelectMany(root => root.Reach.Files));
        foreach (var file in completed.Select(set.Find).OfType<ManifestFile>()) schema.RunWhole(file);

        foreach (var finding in _schema.Findings.Findings)
        {
            if (finding.Place?.File is { } file && set.Find(file)?.Role == FileRole.Patch) _schema.Findings.MutePatched(finding);
        }

        foreach (var root in judged)
        {
            _schema.Findings.Scope = root.Reach.Root.Name;
            schema.RunBuilt(root.Objects);
        }
    }

    private void CheckScopes(ManifestSet set, BuiltRoot[] built, List<BuiltRoot> judged)
    {
        _policy.Run(() =>
        {
            foreach (var file in set.Files) UnknownMarkers.Check(file, _policy.Findings);
        });
        var everything = set.Objects.Concat(built.SelectMany(root => root.Objects)).ToList();
        foreach (var root in judged)
        {
            // A root that does not build is judged by its files; what they say of each other may be what the build would change.
            var objects = root.IsBuilt ? root.Objects : root.Reach.Unbuilt();
            var pinned = root.IsBuilt ? [] : root.Reach.Kustomizations.SelectMany(kustomization => kustomization.PinnedImages);
            var scope = new Scope(root.Reach.Root.Name, objects, everything) { PinnedImages = pinned.ToHashSet(StringComparer.Ordinal) };
            CheckScope(scope, root.IsBuilt || (set.RootsAreReadable && root is { Problems.Count: 0, Reach: { IsRemote: false, Unreadable: null } }));
        }

        var taken = built.Select(root => root.Reach).Concat(set.Components.Select(component => new RootReach(set, component, _ => false)))
            .SelectMany(reach => reach.Files).ToHashSet(StringComparer.Ordinal);
        var readable = set.RootsAreReadable && taken.IsSupersetOf(set.Unreadable);
        var loose = set.Objects.Where(item => !taken.Contains(item.File.Path)).ToList();
        if (loose.Count > 0)
        {
            var scope = new Scope("", loose, everything);
            _references.Findings.Scope = "";
            if (readable) _references.Run(() => new RootContents(set, _references.Findings).CheckDuplicates(loose.Select(item => (item, item.Name)), loose: true));
            CheckScope(scope, readable);
        }

        _references.Files = _policy.Files = set.Files.Count(file => file.Role == FileRole.Manifest);
        if (!readable) _references.Reason = YamlErrors;
        else if (!_references.HasRun) _references.Run(() => { });
    }

    private void CheckScope(Scope scope, bool complete)
    {
        _policy.Findings.Scope = scope.Name;
        _policy.Objects += scope.Objects.Count;
        _policy.Run(() =>
        {
            new PodPolicy(scope, _policy.Findings).Check();
            new SecretPolicy(scope, _policy.Findings).Check();
            new NetworkPolicyRules(scope, _policy.Findings).Check();
            new ObjectPolicy(scope, _policy.Findings).Check();
        });
        if (!complete)
        {
            _references.Reason ??= $"'{scope.Name}' was not built";
            return;
        }

        _references.Findings.Scope = scope.Name;
        _references.Objects += scope.Objects.Count;
        _references.Run(() =>
        {
            new PodReferences(scope, _references.Findings).Check();
            new SelectorReferences(scope, _references.Findings).Check();
            new ObjectReferences(scope, _references.Findings).Check();
        });
    }

    private async Task AskServerAsync(ServerDryRun server, BuiltRoot[] built, CancellationToken cancellationToken)
    {
        if (_server.Reason is not null) return;
        var ready = built.Where(root => root is { IsBuilt: true, IsWithin: false }).ToList();
        if (ready.Count == 0)
        {
            _server.Reason = "no root was built";
            return;
        }

        var start = time.GetTimestamp();
        foreach (var root in ready)
        {
            _server.Findings.Scope = root.Reach.Root.Name;
            var (refused, notJudged) = await server.TryAsync(root, cancellationToken);
            foreach (var problem in refused) _server.Findings.Add(problem);
            if (notJudged is not null) _server.Reason = $"'{root.Reach.Root.Name}': {notJudged}";
            _server.Objects += root.Objects.Count;
            _server.Findings.Count(root.Objects.Count);
        }

        _server.Files = ready.Count;
        if (built.Any(root => !root.IsBuilt)) _server.Reason ??= "some roots were not built";
        _server.Ran(time.GetElapsedTime(start));
    }

    private ValidationReport Report(ManifestSet set, List<RootReach> reaches, SchemaRung schema)
    {
        RungClock[] clocks = [_yaml, _schema, _references, _policy, _build, _server];
        var findings = clocks.SelectMany(clock => clock.Findings.Findings)
            .OrderBy(finding => finding.Place?.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Place?.Line ?? 0)
            .ThenBy(finding => finding.Place?.Column ?? 0)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal)
            .ThenBy(finding => finding.Place?.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Summary, StringComparer.Ordinal);
        return new ValidationReport
        {
            Directory = directory,
            KubernetesVersion = options.KubernetesVersion,
            Findings = [.. findings],
            Rungs = [.. clocks.Select(clock => clock.Report())],
            KindsNotChecked = schema.KindsNotChecked,
            RulesNotChecked = schema.RulesNotChecked,
            Roots = [.. reaches.Select(reach => reach.Root.Name).Order(StringComparer.Ordinal)],
        };
    }
}
