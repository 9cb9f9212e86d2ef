using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Generation.Tools;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Workloads;

/// <summary>
/// The contract's parameters of <c>generate_deployment</c>: they change what the inventory says of a service, or describe one that it does not have.
/// </summary>
internal sealed class WorkloadArguments(ToolCall call)
{
    public static IReadOnlyList<ToolParameter> Parameters { get; } =
    [
        new("name", "string", "the service", Required: true),
        new("image", "string", "the image; without it, the inventory's"),
        new("port", "integer", "the container's port; without it, the inventory's"),
        new("service_account", "string", "the account; without it, the inventory's"),
        new("tier", "string", "the tier; without it, the inventory's"),
        new("replicas", "integer", "how many pods", "1"),
        new("cpu_request", "string", "what the scheduler reserves", "100m"),
        new("memory_request", "string", "what the scheduler reserves", "128Mi"),
        new("cpu_limit", "string", "the most it may use", "500m"),
        new("memory_limit", "string", "the most it may use", "512Mi"),
        new("env_vars", "mapping", "environment variables by name"),
        new("config_maps", "list", "config maps taken whole"),
        new("secrets", "list", "secrets taken whole"),
        new("health_check_path", "string", "the path of both probes", "/health"),
    ];

    /// <summary>The workload to make, or null with a problem.</summary>
    public Workload? Read()
    {
        var name = call.Arguments.Text("name");
        if (name is null) return Fail("the argument 'name' is missing", "name the service");
        var known = call.Model.Inventory.Workloads.FirstOrDefault(workload => workload.Name == name);
        if (known is not null && call.Arguments.Count == 1) return known;
        return (known ?? New(name)) is { } start ? Apply(start) : null;
    }

    private Workload? New(string name)
    {
        if (call.Arguments.Text("tier") is not { } tier || call.Arguments.Text("image") is not { } image)
            return Fail($"the inventory has no service '{name}', so 'image' and 'tier' are needed", "name a service of the inventory, or give 'image' and 'tier'");
        var account = call.Model.Inventory.Tiers.FirstOrDefault(candidate => candidate.Name == tier)?.ServiceAccount ?? $"{tier}-sa";
        return new Workload
        {
            Name = name,
            Tier = tier,
            Source = Source("name"),
            Image = new ImageReference(Known(image, "image"), Known(image, "image"), false, null, null),
            Replicas = Value.Default(1, "generate_deployment"),
            Resources = new ResourceNeeds(Default("100m"), Default("128Mi"), Default("500m"), Default("512Mi")),
            ServiceAccount = Default(account),
            RunAsUser = Value.Default(1000, "generate_deployment"),
            FsGroup = Value.Default(1000, "generate_deployment"),
        };
    }

    private Workload Apply(Workload start)
    {
        var resources = start.Resources;
        var changed = start with
        {
            Tier = call.Arguments.Text("tier") ?? start.Tier,
            Image = call.Arguments.Text("image") is { } image ? start.Image with { Name = Known(image, "image") } : start.Image,
            ServiceAccount = Text("service_account") ?? start.ServiceAccount,
            Replicas = Number("replicas") ?? start.Replicas,
            Resources = new ResourceNeeds(
                Text("cpu_request") ?? resources.CpuRequest,
                Text("memory_request") ?? resources.MemoryRequest,
                Text("cpu_limit") ?? resources.CpuLimit,
                Text("memory_limit") ?? resources.MemoryLimit),
            Environment = [.. start.Environment, .. Variables()],
            EnvironmentFromConfigMaps = [.. start.EnvironmentFromConfigMaps, .. Texts("config_maps")],
            EnvironmentFromSecrets = [.. start.EnvironmentFromSecrets, .. Texts("secrets")],
        };
        if (Number("port") is { } port) changed = changed with { Ports = [new WorkloadPort(Default("http"), port, port, PortProtocol.Http)] };
        return changed.Ports.Count > 0 ? WithProbes(changed) : changed;
    }

    private Workload WithProbes(Workload workload)
    {
        var path = Text("health_check_path");
        if (path is null && workload.Readiness is not null) return workload;
        var chosen = path ?? Default("/health");
        return workload with
        {
            Readiness = (workload.Readiness ?? NewProbe(5, 5)) with { Kind = ProbeKind.Http, Path = chosen },
            Liveness = (workload.Liveness ?? NewProbe(30, 10)) with { Kind = ProbeKind.Http, Path = chosen },
        };
    }

    private static Probe NewProbe(int delay, int period) => new()
    {
        Kind = ProbeKind.Http,
        InitialDelaySeconds = Value.Default(delay, "generate_deployment"),
        PeriodSeconds = Value.Default(period, "generate_deployment"),
    };

    private IEnumerable<EnvironmentVariable> Variables() =>
        from entry in call.Arguments.Mapping("env_vars") ?? []
        where entry.Value is ScalarNode
        select new EnvironmentVariable(entry.Key, new EntryValue.Literal(Known(((ScalarNode)entry.Value).Text, "env_vars")));

    private IEnumerable<Value<string>> Texts(string argument) =>
        (call.Arguments.Sequence(argument) ?? []).OfType<ScalarNode>().Select(item => Known(item.Text, argument));

    private Value<string>? Text(string argument) => call.Arguments.Text(argument) is { } text ? Known(text, argument) : null;

    private Value<int>? Number(string argument)
    {
        if (call.Arguments.Text(argument) is not { } text) return null;
        if (PlainScalars.TryParseInteger(text, out var number) && number is >= 0 and <= int.MaxValue) return Value.Known((int)number, Source(argument));
        Fail($"the argument '{argument}' is '{text}', not a number", "write a whole number");
        return null;
    }

    private static Value<string> Default(string text) => Value.Default(text, "generate_deployment");

    private static Value<string> Known(string text, string argument) => Value.Known(text, Source(argument));

    private static Provenance Source(string argument) => new(ProvenanceKind.Override, $"argument {argument}");

    private Workload? Fail(string summary, string fix)
    {
        call.Problems.Add(new Diagnostic { Code = TemplateTool<Workload>.ArgumentCode, Summary = summary, Fix = fix });
        return null;
    }
}
