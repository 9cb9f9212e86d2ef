using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Reads probes. <c>false</c> instead of a probe means that there is none.</summary>
internal static class ProbeReader
{
    /// <summary>The words for how a probe asks.</summary>
    public static readonly IReadOnlyDictionary<string, ProbeKind> Kinds = new Dictionary<string, ProbeKind>(StringComparer.Ordinal)
    {
        ["http"] = ProbeKind.Http,
        ["grpc"] = ProbeKind.Grpc,
        ["tcp"] = ProbeKind.Tcp,
        ["command"] = ProbeKind.Command,
    };

    /// <summary>Reads a probe of a tier's defaults.</summary>
    public static ProbeDefaults ReadDefaults(MappingReader? probes, string name, ProbeDefaults defaults)
    {
        if (probes?.Get(name) is not { } node) return defaults;
        if (IsSwitch(node, out var isOn)) return defaults with { IsOn = isOn };
        return probes.Mapping(name, InventoryFields.Probe) is { } reader ? Overlay(reader, defaults) with { IsOn = true } : defaults;
    }

    /// <summary>Reads a probe of a workload; null when there is none.</summary>
    /// <param name="probes">The workload's <c>probes</c>, or null.</param>
    /// <param name="name">Which of them.</param>
    /// <param name="tier">What its tier says.</param>
    /// <param name="ports">The workload's ports.</param>
    public static Probe? Read(MappingReader? probes, string name, ProbeDefaults tier, IReadOnlyList<WorkloadPort> ports)
    {
        var node = probes?.Get(name);
        if (node is not null && IsSwitch(node, out var isOn))
        {
            if (!isOn) return null;
            node = null;
            tier = tier with { IsOn = true };
        }

        var reader = node is null ? null : probes!.Mapping(name, InventoryFields.Probe);
        if (reader is null && !tier.IsOn) return null;
        var settings = reader is null ? tier : Overlay(reader, tier);
        var port = FindPort(settings.Port, ports);

        // A port that does not exist is told where references are checked; until then it stands for any.
        var kind = settings.Kind ?? KindOf(port?.Protocol) ?? (settings.Port is not null && port is null ? ProbeKind.Http : null);
        if (kind is null)
        {
            if (reader is not null) reader.ReportMissing("command", "add 'command:' (there is no TCP port to ask)");
            return null;
        }

        var asksPort = kind != ProbeKind.Command;
        if (asksPort && port is null && settings.Port is null)
        {
            reader?.Report(InventoryCodes.DoesNotFitKind, "port", "the workload has no port that a probe could ask", "add a port, or probe with 'command:'");
            return null;
        }

        return new Probe
        {
            Kind = kind.Value,
            Path = kind == ProbeKind.Http ? settings.Path : null,
            Port = asksPort ? settings.Port ?? port!.Name : null,
            Command = asksPort ? [] : settings.Command,
            InitialDelaySeconds = settings.InitialDelay,
            PeriodSeconds = settings.Period,
            TimeoutSeconds = settings.Timeout,
            FailureThreshold = settings.FailureThreshold,
        };
    }

    private static ProbeDefaults Overlay(MappingReader reader, ProbeDefaults defaults)
    {
        var command = reader.Texts("command");
        var path = reader.Text("path", NameRules.UrlPath);
        var kind = reader.Choice("type", Kinds)
            ?? (reader.Has("command") ? ProbeKind.Command : reader.Has("path") ? ProbeKind.Http : defaults.Kind);
        if (reader.Has("command") && kind != ProbeKind.Command) Exclude(reader, "command", "a probe with a command has the type command");
        if (reader.Has("path") && kind != ProbeKind.Http) Exclude(reader, "path", "only an HTTP probe has a path");
        if (reader.Has("port") && kind == ProbeKind.Command) Exclude(reader, "port", "a probe that runs a command has no port");
        var commands = command.Count > 0 ? command : defaults.Command;
        if (kind == ProbeKind.Command && commands.Count == 0) reader.ReportMissing("command");
        return defaults with
        {
            Kind = kind,
            Path = path ?? defaults.Path,
            Port = reader.Text("port", NameRules.PortName) ?? defaults.Port,
            Command = commands,
            InitialDelay = reader.Integer("initialDelay", 0, 86_400) ?? defaults.InitialDelay,
            Period = reader.Integer("period", 1, 86_400) ?? defaults.Period,
            Timeout = reader.Integer("timeout", 1, 86_400) ?? defaults.Timeout,
            FailureThreshold = reader.Integer("failureThreshold", 1, 10_000) ?? defaults.FailureThreshold,
        };
    }

    private static void Exclude(MappingReader reader, string field, string summary) =>
        reader.Report(InventoryCodes.ExcludeEachOther, field, summary, $"remove '{field}:', or change the probe's type");

    private static bool IsSwitch(Node node, out bool isOn)
    {
        isOn = node is ScalarNode { Kind: ScalarKind.Boolean } given && PlainScalars.IsTrue(given.Text);
        return node is ScalarNode { Kind: ScalarKind.Boolean };
    }

    private static WorkloadPort? FindPort(Value<string>? name, IReadOnlyList<WorkloadPort> ports)
    {
        if (name is null) return ports.FirstOrDefault(port => port.Protocol != PortProtocol.Udp);
        return ports.FirstOrDefault(port => name.TryGet(out var wanted) && port.Name.TryGet(out var given) && wanted == given);
    }

    private static ProbeKind? KindOf(PortProtocol? protocol) => protocol switch
    {
        PortProtocol.Http => ProbeKind.Http,
        PortProtocol.Grpc => ProbeKind.Grpc,
        PortProtocol.Tcp => ProbeKind.Tcp,
        _ => null,
    };
}
