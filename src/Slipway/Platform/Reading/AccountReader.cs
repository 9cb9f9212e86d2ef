using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>
/// The service accounts: those that are declared, one for every tier in use, those that services name, and External Secrets' own.
/// An account whose workloads use AWS, and External Secrets' when there are secrets, has the IAM role of its name
/// (<c>image-processor-sa</c>: <c>image_processor</c>) unless it says otherwise; <c>irsaRole: false</c> means none.
/// </summary>
internal static class AccountReader
{
    /// <summary>The account of the secret store.</summary>
    public const string ExternalSecrets = "external-secrets-sa";

    /// <summary>Reads the root's <c>serviceAccounts</c> and adds what follows from tiers and services.</summary>
    public static IReadOnlyList<ServiceAccountDefinition> Read(
        MappingReader root,
        TierReader tiers,
        IReadOnlyList<Tier> used,
        IReadOnlyList<Workload> workloads,
        bool hasSecrets)
    {
        var accounts = new SortedDictionary<string, ServiceAccountDefinition>(StringComparer.Ordinal);
        var aws = workloads.Where(workload => workload.Egress.Aws || workload.ObjectStorage is not null)
            .Select(workload => workload.ServiceAccount.ToString())
            .ToHashSet(StringComparer.Ordinal);
        if (hasSecrets) aws.Add(ExternalSecrets);
        foreach (var reader in root.Mappings("serviceAccounts", InventoryFields.ServiceAccount))
        {
            var name = reader.RequiredText("name", NameRules.SharedName)?.Content ?? reader.Node.Text("name") ?? "";
            var tier = reader.Text("tier", NameRules.DnsLabel)?.Content;
            if (tier is not null && tiers.Find(tier) is null)
                reader.Report(InventoryCodes.UnknownTier, "tier", $"there is no tier '{tier}'", Suggestion.Fix(tier, tiers.Names.ToList()));
            tier ??= used.FirstOrDefault(candidate => candidate.ServiceAccount == name)?.Name;
            var isOff = reader.Get("irsaRole") is ScalarNode { Kind: ScalarKind.Boolean, Text: "false" };
            var role = isOff ? null : reader.Text("irsaRole")?.Content ?? RoleOf(name, aws);
            if (!accounts.TryAdd(name, new ServiceAccountDefinition(name, tier, role, reader.Source)))
                reader.Report(InventoryCodes.DuplicateName, "name", $"the service account '{name}' is declared twice", "remove one of the two");
        }

        foreach (var tier in used) Add(tier.ServiceAccount, tier.Name, tier.Source);
        foreach (var workload in workloads) Add(workload.ServiceAccount.ToString(), workload.Tier, workload.ServiceAccount.Source);
        Add(ExternalSecrets, null, Provenance.Default("External Secrets"));
        return [.. accounts.Values];

        void Add(string name, string? tier, Provenance source) =>
            accounts.TryAdd(name, new ServiceAccountDefinition(name, tier, RoleOf(name, aws), source));
    }

    private static string? RoleOf(string account, HashSet<string> aws)
    {
        if (!aws.Contains(account)) return null;
        var stem = account.EndsWith("-sa", StringComparison.Ordinal) ? account[..^3] : account;
        return stem.Replace('-', '_').Replace('.', '_');
    }
}
