using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Platform;
using Slipway.Platform.Reading;

namespace Slipway.Configuration;

/// <summary>Reads <c>environments</c> of <c>slipway.yaml</c>.</summary>
internal static class EnvironmentDefinitionReader
{
    /// <summary>Reads the environments; without any, the two that every platform has.</summary>
    public static IReadOnlyList<EnvironmentDefinition> Read(MappingReader root)
    {
        var environments = new List<EnvironmentDefinition>();
        foreach (var entry in root.Entries("environments"))
        {
            if (NameRules.DnsLabel(entry.Key) is { } complaint) root.Scope.Report(root.Scope.Codes.BadValue, entry.KeyPlace, $"'{entry.Key}' {complaint}");

            // "production:" with nothing below it is an environment that changes nothing.
            var node = ReadScope.IsAbsent(entry.Value) ? new MappingNode { Position = entry.Value.Position } : entry.Value;
            if (root.Scope.Mapping(node, entry.Path, ConfigurationFields.Environment) is { } reader) environments.Add(ReadOne(entry, reader));
        }

        return root.Entries("environments").Any() ? environments : Defaults;
    }

    private static IReadOnlyList<EnvironmentDefinition> Defaults { get; } =
    [
        new EnvironmentDefinition
        {
            Name = "dev-no-domain",
            Source = Provenance.Default("environment dev-no-domain"),
            NamePrefix = Value.Default("dev-", "environment dev-no-domain"),
            Replicas = Value.Default(1, "environment dev-no-domain"),
        },
        new EnvironmentDefinition { Name = "production", Source = Provenance.Default("environment production") },
    ];

    private static EnvironmentDefinition ReadOne(FreeEntry entry, MappingReader reader) => new()
    {
        Name = entry.Key,
        Source = new Provenance(ProvenanceKind.Configuration, entry.Path, entry.KeyPlace),
        NamePrefix = reader.Text("namePrefix", Prefix),
        Namespace = reader.Text("namespace", NameRules.DnsLabel),
        Replicas = reader.Integer("replicas", 0, 10_000),
        Autoscaling = reader.Boolean("autoscaling"),
        DisruptionBudgets = reader.Boolean("disruptionBudgets"),
        Hosts = reader.Texts("hosts", NameRules.HostName),
        CertificateArn = reader.Text("certificate"),
        AllowedCidrs = reader.Texts("allowedCidrs", NameRules.Cidr),
        Resources = ReadResources(reader),
        Workloads = ReadOverrides(reader),
        ConfigMaps = ReadConfigMaps(reader),
    };

    private static SortedDictionary<string, WorkloadOverride> ReadOverrides(MappingReader reader)
    {
        var overrides = new SortedDictionary<string, WorkloadOverride>(StringComparer.Ordinal);
        foreach (var entry in reader.Entries("services"))
        {
            if (reader.Scope.Mapping(entry.Value, entry.Path, ConfigurationFields.ServiceOverride) is not { } service) continue;
            overrides[entry.Key] = new WorkloadOverride
            {
                Replicas = service.Integer("replicas", 0, 10_000),
                Resources = ReadResources(service),
                Tag = service.Text("tag", NameRules.ImageTag),
            };
        }

        return overrides;
    }

    private static SortedDictionary<string, IReadOnlyDictionary<string, Value<string>>> ReadConfigMaps(MappingReader reader)
    {
        var maps = new SortedDictionary<string, IReadOnlyDictionary<string, Value<string>>>(StringComparer.Ordinal);
        foreach (var map in reader.Entries("configMaps"))
        {
            if (map.Value is not MappingNode entries)
            {
                reader.Scope.Report(reader.Scope.Codes.WrongType, map.Value, map.Path, $"'{map.Path}' must be a mapping but is {ReadScope.Describe(map.Value)}", "write 'KEY: value' lines below it");
                continue;
            }

            var texts = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                if (reader.Scope.Text(entry.Value, ReadScope.Join(map.Path, entry.Key)) is { } text) texts[entry.Key] = text;
            }

            maps[map.Key] = texts;
        }

        return maps;
    }

    // An override says all four: what a workload has otherwise is not one value that could be filled in here.
    private static ResourceNeeds? ReadResources(MappingReader reader)
    {
        if (reader.Mapping("resources", InventoryFields.Resources) is not { } resources) return null;
        var requests = resources.Mapping("requests", InventoryFields.Amounts);
        var limits = resources.Mapping("limits", InventoryFields.Amounts);
        if (requests is null) resources.ReportMissing("requests");
        if (limits is null) resources.ReportMissing("limits");
        var cpuRequest = requests?.RequiredText("cpu", AmountRules.Cpu);
        var memoryRequest = requests?.RequiredText("memory", AmountRules.Memory);
        var cpuLimit = limits?.RequiredText("cpu", AmountRules.Cpu);
        var memoryLimit = limits?.RequiredText("memory", AmountRules.Memory);
        return cpuRequest is null || memoryRequest is null || cpuLimit is null || memoryLimit is null
            ? null
            : new ResourceNeeds(cpuRequest, memoryRequest, cpuLimit, memoryLimit);
    }

    private static string? Prefix(string text) =>
        text.Length <= 20 && NameRules.ServiceName(text + "x") is null ? null : "is no name prefix (lower case letters, digits and '-', a letter first, at most 20)";
}
