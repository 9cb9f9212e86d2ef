using Slipway.Configuration;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Platform.Reading;

namespace Slipway.Platform.Building;

/// <summary>
/// Brings what Terraform made, what the user lists and what he configures together in one model, in which every reference leads somewhere and
/// no fact is left to look up. All problems are reported at once; unknown values stay unknown.
/// </summary>
public sealed class PlatformBuilder
{
    private readonly InfrastructureFacts _facts;
    private readonly Inventory _inventory;
    private readonly SlipwayConfiguration _configuration;
    private readonly List<Diagnostic> _problems = [];
    private readonly FactResolver _resolver;

    private PlatformBuilder(InfrastructureFacts facts, Inventory inventory, SlipwayConfiguration configuration)
    {
        _facts = facts;
        _inventory = inventory;
        _configuration = configuration;
        _resolver = new FactResolver(facts, _problems);
    }

    /// <summary>Builds the model.</summary>
    /// <param name="facts">What Terraform made.</param>
    /// <param name="inventory">The services and what they share.</param>
    /// <param name="configuration">Environments, GitOps and secrets.</param>
    /// <param name="problems">Receives errors, and what a person should know: repositories that no service uses, secrets that somebody must fill.</param>
    /// <returns>The model, or null when there is an error.</returns>
    public static PlatformModel? Build(
        InfrastructureFacts facts,
        Inventory inventory,
        SlipwayConfiguration configuration,
        ICollection<Diagnostic> problems)
    {
        var builder = new PlatformBuilder(facts, inventory, configuration);
        var model = builder.Build();
        foreach (var problem in builder._problems) problems.Add(problem);
        return builder._problems.Exists(problem => problem.Severity == Severity.Error) ? null : model;
    }

    private PlatformModel Build()
    {
        InventoryReferences.Check(_inventory, _problems);
        EnvironmentCheck.Check(_inventory, _configuration.Environments, _facts.Project.Namespace, _problems);
        CheckRoles();
        CheckNamespace();
        var images = new ImageResolver(_facts, _problems);
        var inventory = _inventory with
        {
            ConfigMaps = [.. _inventory.ConfigMaps.Select(map => map with { Entries = [.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key, _resolver.Resolve(entry.Value)))] })],
            Secrets = [.. _inventory.Secrets.Select(secret => secret with { RemoteName = _resolver.ResolveRemote(secret.RemoteName) })],
            Workloads = [.. _inventory.Workloads.Select(workload => Resolve(workload, images))],
        };
        images.ReportUnused();
        ReportSecretsToFill(inventory);
        return new PlatformModel
        {
            Facts = _facts,
            Inventory = inventory,
            Environments = _configuration.Environments,
            GitOps = _configuration.GitOps,
            PlaceholderSecrets = _configuration.PlaceholderSecrets,
        };
    }

    private Workload Resolve(Workload workload, ImageResolver images) => workload with
    {
        Image = images.Resolve(workload),
        Environment = [.. workload.Environment.Select(variable => variable with { Value = _resolver.Resolve(variable.Value) })],
    };

    private void CheckRoles()
    {
        foreach (var account in _inventory.ServiceAccounts)
        {
            if (account.IrsaRole is not { } role || _facts.IrsaRoles.ContainsKey(role)) continue;
            var close = Suggestion.Closest(role, _facts.IrsaRoles.Keys) is { } name ? $" (did you mean '{name}'?)" : "";
            _problems.Add(new Diagnostic
            {
                Code = BuilderCodes.MissingRole,
                Summary = $"Terraform gives no IAM role '{role}' for the service account '{account.Name}'{close}",
                Place = account.Source.Place,
                Fix = $"in slipway.yaml write `mapping: {{irsa_roles.{role}: <path of the output>}}`, or in services.yaml `serviceAccounts: [{{name: {account.Name}, irsaRole: false}}]`",
            });
        }
    }

    private void CheckNamespace()
    {
        if (!_facts.Project.Namespace.TryGet(out var name) || NameRules.DnsLabel(name) is not { } complaint) return;
        _problems.Add(new Diagnostic
        {
            Code = BuilderCodes.NamespaceName,
            Summary = $"the namespace '{name}' {complaint}",
            Place = _facts.Project.Namespace.Source.Place,
            Detail = _facts.Project.Namespace.Source.Origin,
            Fix = "in slipway.yaml write `project: {namespace: <name>}`",
        });
    }

    private void ReportSecretsToFill(Inventory inventory)
    {
        foreach (var secret in inventory.Secrets.Where(secret => !secret.FromTerraform))
        {
            var remote = secret.RemoteName is EntryValue.Literal literal ? literal.Text.ToString() : secret.Name;
            var properties = secret.Keys.Select(key => key.Property).OfType<string>().Distinct(StringComparer.Ordinal);
            _problems.Add(new Diagnostic
            {
                Code = BuilderCodes.SecretWithoutSource,
                Severity = Severity.Info,
                Summary = $"no Terraform code fills the secret '{secret.Name}'",
                Place = secret.Source.Place,
                Fix = $"put {string.Join(", ", properties)} into '{remote}' in the secret store before deploying",
            });
        }
    }
}
