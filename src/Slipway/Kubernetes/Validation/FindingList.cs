using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Validation;

/// <summary>
/// The findings of one rung. What several roots build out of the same file is reported once: two findings with the same code and place
/// from different scopes are one.
/// </summary>
internal sealed class FindingList
{
    private readonly Dictionary<(string Code, SourcePlace Place), string> _scopes = [];
    private readonly HashSet<Diagnostic> _seen = [];
    private readonly List<Diagnostic> _findings = [];
    private readonly HashSet<(string Code, string? Path)> _patched = [];

    /// <summary>What is being looked at: a root, or the loose files. Findings of later scopes at the same place are dropped.</summary>
    public string Scope { get; set; } = "";

    /// <summary>How many single checks were made.</summary>
    public int Checks { get; private set; }

    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>Counts a check.</summary>
    /// <returns><paramref name="holds"/>.</returns>
    public bool Check(bool holds)
    {
        Checks++;
        return holds;
    }

    public void Count(int checks) => Checks += checks;

    /// <summary>Says that a finding of the first scope lies in a patch, so that what builds with the patch repeats it at the same path.</summary>
    public void MutePatched(Diagnostic finding) => _patched.Add((finding.Code, finding.Place?.Path));

    public void Add(Diagnostic finding)
    {
        if (Scope.Length > 0 && _patched.Contains((finding.Code, finding.Place?.Path))) return;
        var place = finding.Place ?? new SourcePlace(null);
        if (_scopes.TryGetValue((finding.Code, place), out var scope))
        {
            if (scope != Scope) return;
        }
        else
        {
            _scopes.Add((finding.Code, place), Scope);
        }

        if (_seen.Add(finding)) _findings.Add(finding);
    }

    public void Error(string code, ManifestObject at, NodePath path, string summary, string fix) => Add(Make(code, Severity.Error, at, path, summary, fix));

    public void Warning(string code, ManifestObject at, NodePath path, string summary, string fix) => Add(Make(code, Severity.Warning, at, path, summary, fix));

    /// <summary>Reports unless the check holds.</summary>
    public void Require(bool holds, string code, ManifestObject at, NodePath path, string summary, string fix)
    {
        if (!Check(holds)) Error(code, at, path, summary, fix);
    }

    /// <summary>Warns unless the check holds.</summary>
    public void Advise(bool holds, string code, ManifestObject at, NodePath path, string summary, string fix)
    {
        if (!Check(holds)) Warning(code, at, path, summary, fix);
    }

    private Diagnostic Make(string code, Severity severity, ManifestObject at, NodePath path, string summary, string fix) => new()
    {
        Code = code,
        Severity = severity,
        Summary = summary,
        Detail = at.IsBuilt && Scope.Length > 0 && at.Origin is null ? $"in the build of {Scope}" : null,
        Place = PlaceOf(at, path),
        Fix = fix,
    };

    private static SourcePlace PlaceOf(ManifestObject at, NodePath path)
    {
        var source = at.Origin ?? at;
        if (source.IsBuilt) return new SourcePlace(source.File.Path, 1, 1, $"{source.Kind}/{source.Name} {path}".TrimEnd());
        var position = path.Locate(source.Node);
        var prefix = source.Path.ToString();
        var text = path.ToString();
        return new SourcePlace(source.File.Path, position?.Line, position?.Column, prefix.Length == 0 ? text : $"{prefix}.{text}");
    }
}
