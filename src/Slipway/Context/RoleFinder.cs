using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>Finds the IAM roles of service accounts: those that are needed, and all that a map of roles holds.</summary>
internal sealed class RoleFinder(FactFinder finder, OutputSearch search, ICollection<Diagnostic> problems)
{
    private static readonly string[] Suffixes = ["_irsa_role_arn", "_role_arn", "_irsa_role", "_irsa_arn", "_irsa", "_role", "_sa", "_arn"];

    /// <summary>The roles by name.</summary>
    /// <param name="needed">The names that must be there.</param>
    /// <param name="table">What is known of project, account and region, for roles that no output gives.</param>
    public SortedDictionary<string, Value<string>> Find(IEnumerable<string> needed, FactTable table)
    {
        var roles = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal);
        var maps = Mapped();
        foreach (var (name, values) in maps)
        {
            if (values is [var only] && FactShapes.Read(FactShape.Arn, only) is { Problem: null } reading && !only.IsSensitive)
                roles[name] = Value.Known(reading.Text, only.Source);
        }

        foreach (var name in needed.Concat(finder.NamedRoles).Distinct(StringComparer.Ordinal))
            roles[name] = FindOne(name, maps) ?? Derive(name, table);
        return roles;
    }

    private Value<string>? FindOne(string name, Dictionary<string, List<TerraformValue>> maps)
    {
        var path = $"irsa_roles.{name}";
        var fact = new FactDefinition(path, FactShape.Arn) { NeededBy = ["base/rbac/service-accounts.yaml"] };
        if (finder.FindNamed(path, FactShape.Arn) is { } named) return named.Reading is null ? Unknown(path) : Value.Known(named.Reading.Text, named.Source!);

        var key = OutputNames.Normalize(name);
        var candidates = OutputCatalogue.RoleNames
            .SelectMany(pattern => search.Named(pattern.Replace("{name}", key, StringComparison.Ordinal)))
            .SelectMany(Arns)
            .Concat(maps.TryGetValue(key, out var values) ? values : [])
            .Distinct()
            .ToList();
        if (candidates.Count == 0) return null;
        if (candidates.Find(value => value.IsSensitive) is { } secret) return Failed(ContextDiagnostics.Sensitive(path, secret), path);
        foreach (var value in candidates)
        {
            if (FactShapes.Read(FactShape.Arn, value).Problem is { } problem) return Failed(ContextDiagnostics.Mistyped(fact, value, problem, fact.NeededBy), path);
        }

        var differing = candidates.Find(value => value.Text != candidates[0].Text);
        return differing is null
            ? Value.Known(FactShapes.Read(FactShape.Arn, candidates[0]).Text, candidates[0].Source)
            : Failed(ContextDiagnostics.Ambiguous(path, candidates[0], differing, search.Sources), path);
    }

    private Value<string> Derive(string name, FactTable table)
    {
        var path = $"irsa_roles.{name}";
        if (table.Known("project.aws_account_id") is not { } account || table.Known("project.name") is not { } project) return Unknown(path);
        var partition = AwsNames.PartitionOf(table.Known("project.region"));
        var arn = $"arn:{partition}:iam::{account}:role/{project}-{name.Replace('_', '-')}-role";
        problems.Add(ContextDiagnostics.DerivedRole(path, arn));
        return Value.Known(arn, Provenance.Derived("arn:{partition}:iam::{account}:role/{project}-{name}-role"));
    }

    private Value<string> Failed(Diagnostic problem, string path)
    {
        finder.Fail(problem);
        return Unknown(path);
    }

    private static Value<string> Unknown(string path) => Value.Unknown<string>(path, FactTable.NotFound(path));

    private Dictionary<string, List<TerraformValue>> Mapped()
    {
        var mapped = new Dictionary<string, List<TerraformValue>>(StringComparer.Ordinal);
        foreach (var map in OutputCatalogue.RoleMaps.SelectMany(search.Named).Distinct())
        {
            if (OutputSearch.Open(map) is not { } entries) continue;
            foreach (var (key, value) in entries.Members)
            {
                var name = Shorten(OutputNames.Normalize(key));
                if (!mapped.TryGetValue(name, out var values)) mapped.Add(name, values = []);
                values.AddRange(Arns(value));
            }
        }

        return mapped;
    }

    private static IEnumerable<TerraformValue> Arns(TerraformValue value)
    {
        if (OutputSearch.Open(value) is not { } role) return value.Kind == TerraformValueKind.Null ? [] : [value];
        var arn = OutputCatalogue.RoleAttributes.Select(role.Member).FirstOrDefault(member => member is { Kind: TerraformValueKind.String });
        return arn is null ? [] : [arn];
    }

    private static string Shorten(string name)
    {
        foreach (var suffix in Suffixes)
        {
            if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)) return name[..^suffix.Length];
        }

        return name;
    }
}
