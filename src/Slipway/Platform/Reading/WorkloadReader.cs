using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Formats;

namespace Slipway.Platform.Reading;

/// <summary>Reads one item of <c>services</c>.</summary>
internal static class WorkloadReader
{
    /// <summary>The words for kinds; a worker is a Deployment without ports.</summary>
    public static readonly IReadOnlyDictionary<string, WorkloadKind> Kinds = new Dictionary<string, WorkloadKind>(StringComparer.Ordinal)
    {
        ["deployment"] = WorkloadKind.Deployment,
        ["worker"] = WorkloadKind.Deployment,
        ["job"] = WorkloadKind.Job,
        ["cronjob"] = WorkloadKind.CronJob,
    };

    private static readonly string[] ServingFields = ["port", "servicePort", "protocol", "ports", "ingress"];
    private static readonly string[] LongRunningFields = ["replicas", "autoscale", "disruptionBudget", "metrics", "probes"];

    /// <summary>Reads a workload. Whatever is wrong is reported; the result then stands in for it so that references to it hold.</summary>
    public static Workload Read(MappingReader service, TierReader tiers, DeclaredNeeds needs)
    {
        var name = service.RequiredText("name", NameRules.ServiceName)?.Content ?? service.Node.Text("name") ?? "";
        var tier = ReadTier(service, tiers);
        var defaults = tiers.DefaultsOf(tier);
        var kind = service.Choice("kind", Kinds) ?? WorkloadKind.Deployment;
        if (name.Length > 52 && kind == WorkloadKind.CronJob)
            service.Report(service.Scope.Codes.BadValue, "name", $"'{name}' is too long for a cron job (at most 52 characters)", "shorten it");
        CheckKind(service, kind);

        var ports = PortReader.Read(service);
        var isServing = kind == WorkloadKind.Deployment;
        var volumes = VolumeReader.Read(service);
        var environment = EnvironmentReader.Read(service);
        var scaling = isServing ? ScalingReader.ReadAutoscaling(service) : null;
        var budget = isServing ? ScalingReader.ReadBudget(service) : null;
        var replicas = (isServing ? service.Integer("replicas", 0, 10_000) ?? scaling?.Minimum : null)
            ?? (isServing ? defaults.Replicas : Value.Default(1, "jobs"));
        ScalingReader.Compare(service, replicas, scaling, budget);
        var probes = isServing ? service.Mapping("probes", InventoryFields.Probes) : null;
        var probed = isServing ? defaults : defaults with { Readiness = Off(defaults.Readiness), Liveness = Off(defaults.Liveness), Startup = Off(defaults.Startup) };
        var storage = EgressReader.ReadStorage(service);
        var workload = new Workload
        {
            Name = name,
            Source = service.Source,
            Kind = kind,
            Tier = tier,
            Image = ImageReader.Read(service, name),
            Ports = ports,
            Replicas = replicas,
            Resources = ResourceReader.Read(service, defaults.Resources),
            ServiceAccount = service.Text("serviceAccount", NameRules.SharedName) ?? AccountOf(tiers.Find(tier), tier),
            Command = service.Texts("command"),
            Arguments = service.Texts("args"),
            Environment = environment.Variables,
            EnvironmentFromConfigMaps = environment.WholeConfigMaps,
            EnvironmentFromSecrets = environment.WholeSecrets,
            Readiness = ProbeReader.Read(probes, "readiness", probed.Readiness, ports),
            Liveness = ProbeReader.Read(probes, "liveness", probed.Liveness, ports),
            Startup = ProbeReader.Read(probes, "startup", probed.Startup, ports),
            WritablePaths = VolumeReader.ReadWritablePaths(service, defaults, volumes),
            Volumes = volumes,
            Autoscaling = scaling,
            DisruptionBudget = budget,
            Ingress = EgressReader.ReadIngress(service),
            ObjectStorage = storage,
            Metrics = isServing ? MetricsReader.Read(service, defaults, ports) : null,
            Schedule = ReadSchedule(service, kind),
            Annotations = ReadAnnotations(service),
            TerminationGracePeriodSeconds = service.Integer("terminationGracePeriodSeconds", 0, 86_400) ?? defaults.TerminationGracePeriodSeconds,
            RunAsUser = service.Integer("runAsUser", 1) ?? defaults.RunAsUser,
            FsGroup = service.Integer("fsGroup", 1) ?? defaults.FsGroup,
        };
        return workload with { Egress = needs.Complete(workload, EgressReader.Read(service)) };
    }

    private static ProbeDefaults Off(ProbeDefaults probe) => probe with { IsOn = false };

    private static Value<string> AccountOf(Tier? tier, string name) =>
        tier is null ? Value.Default($"{name}-sa", $"tier {name}") : Value.Known(tier.ServiceAccount, tier.Source);

    private static string ReadTier(MappingReader service, TierReader tiers)
    {
        if (service.RequiredText("tier") is not { IsUnknown: false } tier) return TierReader.BuiltIn[2].Key;
        if (tiers.Find(tier.Content) is null)
        {
            var fix = Suggestion.Closest(tier.Content, tiers.Names) is { } close
                ? $"did you mean '{close}'?"
                : $"use one of {string.Join(", ", tiers.Names)}, or declare it under 'tiers:'";
            service.Report(InventoryCodes.UnknownTier, "tier", $"there is no tier '{tier.Content}'", fix);
        }

        return tier.Content;
    }

    private static void CheckKind(MappingReader service, WorkloadKind kind)
    {
        var word = service.Text("kind")?.ToString() ?? "deployment";
        var runsOnce = kind != WorkloadKind.Deployment;
        if (runsOnce || word == "worker") Refuse(ServingFields);
        if (runsOnce) Refuse(LongRunningFields);
        if (word == "deployment" && !service.Has("port") && !service.Has("ports"))
            service.Scope.Report(InventoryCodes.DoesNotFitKind, service.Place, "the service has no port", "add 'port:', or 'kind: worker' when nothing calls it");

        void Refuse(string[] fields)
        {
            foreach (var field in fields.Where(service.Has))
                service.Report(InventoryCodes.DoesNotFitKind, field, $"a {word} has no '{field}'", $"remove '{field}:', or change the kind");
        }
    }

    private static Value<string>? ReadSchedule(MappingReader service, WorkloadKind kind)
    {
        var schedule = service.Text("schedule");
        if (kind != WorkloadKind.CronJob)
        {
            if (service.Has("schedule")) service.Report(InventoryCodes.DoesNotFitKind, "schedule", "only a cronjob has a schedule", "add 'kind: cronjob', or remove 'schedule:'");
            return null;
        }

        if (!service.Has("schedule")) service.ReportMissing("schedule", "add 'schedule: \"0 3 * * *\"'");
        if (schedule?.TryGet(out var text) == true && CronSchedule.Check(text) is { } complaint)
            service.Report(InventoryCodes.Schedule, "schedule", $"the schedule '{text}' {complaint}", "write minute, hour, day, month and weekday, such as \"0 3 * * *\"");
        return schedule;
    }

    private static List<KeyValuePair<string, Value<string>>> ReadAnnotations(MappingReader service)
    {
        var annotations = new List<KeyValuePair<string, Value<string>>>();
        foreach (var entry in service.Entries("annotations"))
        {
            if (NameRules.AnnotationKey(entry.Key) is { } complaint) service.Scope.Report(service.Scope.Codes.BadValue, entry.KeyPlace, $"'{entry.Key}' {complaint}");
            else if (service.Scope.Text(entry.Value, entry.Path) is { } text) annotations.Add(new(entry.Key, text));
        }

        return annotations;
    }
}
