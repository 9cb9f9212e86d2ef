using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Formats;
using Slipway.Platform;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Pods and what is in them.</summary>
internal static class PodRules
{
    private static readonly string[] PodFields =
    [
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP",
        "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    public static void Pod(RuleContext at)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        at.RequireUnique("initContainers", "name", "container", names);
        at.RequireUnique("containers", "name", "container", names);
        at.RequireUnique("volumes", "name", "volume");
        if (at.Node.Sequence("containers") is { } containers)
            at.Require(containers.Count > 0, Codes.MissingField, "containers", "the pod has no container", "add one");
        MetadataRules.Labels(at, "nodeSelector");
        if (at.Node.Text("dnsPolicy") == "None")
            at.Require(at.Node.Mapping("dnsConfig")?.Sequence("nameservers") is { Count: > 0 }, Codes.BadCombination, "dnsConfig", "with dnsPolicy None the pod has no name server", "add 'dnsConfig.nameservers', or choose another policy");
        Containers(at, "containers", CheckRunning);
        Containers(at, "initContainers", CheckInitial);
    }

    public static void Ephemeral(RuleContext at) =>
        at.Require(false, Codes.BadCombination, "ephemeral containers cannot stand in a manifest", "remove them; 'kubectl debug' adds them to a running pod");

    public static void Profile(RuleContext at) =>
        at.Require(
            at.Node.Text("type") == "Localhost" == at.Node.Has("localhostProfile") || at.Node.Text("type") is null,
            Codes.BadCombination,
            "localhostProfile",
            "the type Localhost, and no other, names a profile",
            "write both 'type: Localhost' and 'localhostProfile', or neither");

    public static void Command(RuleContext at) =>
        at.Require(at.Node.Sequence("command") is { Count: > 0 }, Codes.MissingField, "command", "nothing is to be executed", "add 'command' with the program and its arguments");

    public static void FieldReference(RuleContext at)
    {
        if (at.Node.Text("fieldPath") is not { } path) return;
        var whole = path.StartsWith("metadata.labels['", StringComparison.Ordinal) || path.StartsWith("metadata.annotations['", StringComparison.Ordinal);
        at.Require(
            whole || PodFields.Contains(path),
            Codes.NotAllowedValue,
            "fieldPath",
            $"'{path}' is no field of a pod that can be handed to a container",
            Suggestion.Closest(path, PodFields) is { } near ? $"did you mean '{near}'?" : $"choose one of {string.Join(", ", PodFields)}");
    }

    public static void ResourceReference(RuleContext at)
    {
        if (at.Node.Text("resource") is not { } resource) return;
        var fits = resource is "limits.cpu" or "limits.memory" or "limits.ephemeral-storage" or "requests.cpu" or "requests.memory" or "requests.ephemeral-storage"
            || resource.StartsWith("limits.hugepages-", StringComparison.Ordinal) || resource.StartsWith("requests.hugepages-", StringComparison.Ordinal);
        at.Require(fits, Codes.NotAllowedValue, "resource", $"'{resource}' is no amount of a container", "write it as limits.cpu or requests.memory");
    }

    private static void Containers(RuleContext at, string list, Action<RuleContext> check)
    {
        var containers = at.Node.Sequence(list) ?? [];
        for (var index = 0; index < containers.Count; index++)
        {
            if (containers[index] is MappingNode container) check(at with { Node = container, Path = at.Path[list][index] });
        }
    }

    private static void CheckRunning(RuleContext at)
    {
        if (at.Version.Minor < 35)
            at.Require(!at.Node.Has("restartPolicy"), Codes.BadCombination, "restartPolicy", "only a container under 'initContainers' has a restart policy of its own", "write it beside 'containers', for the whole pod");
        foreach (var probe in (string[])["livenessProbe", "startupProbe"])
        {
            if (at.Node.Mapping(probe) is { } node && node.Text("successThreshold") is { } threshold)
                at.Findings.Require(threshold is "0" or "1", Codes.OutOfRange, at.Item, at.Path[probe]["successThreshold"], $"one success is enough for a {probe}", "write 1, or remove it");
        }
    }

    // One that is always restarted is a sidecar, which may have all of these.
    private static void CheckInitial(RuleContext at)
    {
        if (at.Node.Text("restartPolicy") == "Always") return;
        foreach (var field in (string[])["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"])
            at.Require(!at.Node.Has(field), Codes.BadCombination, field, $"a container that runs before the others has no '{field}'", "remove it, or make it a sidecar with 'restartPolicy: Always'");
    }

    public static void Container(RuleContext at)
    {
        if (at.Node.Text("name") is { } name)
            at.Require(Names.IsLabel(name), Codes.BadName, "name", $"'{name}' is no name for a container", "use lower case letters, digits and '-', at most 63");
        at.Require(at.Node.Text("image") is { Length: > 0 }, Codes.MissingField, "image", "the container has no image", "add 'image'");
        if (at.Node.Text("image") is { Length: > 0 } image && UnknownMarker.Find(image) is null) Image(at, image);
        Propagation(at);
        at.RequireUnique("env", "name", "variable");
        at.RequireUnique("volumeMounts", "mountPath", "mount path");
        at.RequireUnique("ports", "name", "port name");
        UniquePorts(at);
    }

    public static void ContainerPort(RuleContext at)
    {
        at.RequirePort("containerPort");
        at.RequirePort("hostPort", 0);
        if (at.Node.Text("name") is { } name)
            at.Require(Names.IsPortName(name), Codes.BadName, "name", $"'{name}' is no name for a port", "use at most 15 lower case letters, digits and '-', with a letter");
    }

    public static void Variable(RuleContext at)
    {
        if (at.Node.Text("name") is { } name)
            at.Require(name.Length > 0 && !name.Contains('=', StringComparison.Ordinal) && !name.Any(char.IsWhiteSpace), Codes.BadKey, "name", $"'{name}' is no name for a variable", "use letters, digits and '_'");
        if (at.Node.Text("value") is not "") at.RequireOne(false, "value", "valueFrom");
    }

    public static void Probe(RuleContext at) => Handler(at);

    public static void Handler(RuleContext at) => at.RequireOne(true, "exec", "grpc", "httpGet", "tcpSocket", "sleep");

    public static void ActionPort(RuleContext at) => at.RequirePortOrName("port");

    public static void Security(RuleContext at)
    {
        if (at.Node.Text("privileged") == "true")
            at.Require(at.Node.Text("allowPrivilegeEscalation") != "false", Codes.BadCombination, "allowPrivilegeEscalation", "a privileged container cannot forbid privilege escalation", "remove 'privileged'");
        if (at.Node.Text("runAsNonRoot") == "true")
            at.Require(at.Number("runAsUser") != 0, Codes.BadCombination, "runAsUser", "user 0 is root, which 'runAsNonRoot' forbids", "choose another user");
    }

    private static void Image(RuleContext at, string image)
    {
        at.Require(image.Trim() == image, Codes.BadName, "image", $"the image '{image}' begins or ends with a space", "remove it");
        var name = image.Split('@')[0];
        var slash = name.LastIndexOf('/');
        var repository = name.LastIndexOf(':') is var colon && colon > slash ? name[..colon] : name;
        var path = repository.IndexOf('/', StringComparison.Ordinal) is var first and >= 0 && repository.AsSpan(0, first).IndexOfAny('.', ':') >= 0 ? repository[(first + 1)..] : repository;
        at.Findings.Advise(!path.Any(char.IsAsciiLetterUpper), Codes.BadName, at.Item, at.Path["image"], $"no registry has '{image}': the name of an image has no capitals", "write it in lower case");
    }

    private static void Propagation(RuleContext at)
    {
        var mounts = at.Node.Sequence("volumeMounts") ?? [];
        for (var index = 0; index < mounts.Count; index++)
        {
            if ((mounts[index] as MappingNode)?.Text("mountPropagation") != "Bidirectional") continue;
            at.Findings.Require(
                at.Node.Mapping("securityContext")?.Text("privileged") == "true",
                Codes.BadCombination,
                at.Item,
                at.Path["volumeMounts"][index]["mountPropagation"],
                "only a privileged container may mount in both directions",
                "write 'HostToContainer', or remove it");
        }
    }

    private static void UniquePorts(RuleContext at)
    {
        if (at.Node.Sequence("ports") is not { } ports) return;
        var seen = new HashSet<(string?, string)>();
        for (var index = 0; index < ports.Count; index++)
        {
            if (ports[index] is not MappingNode port || port.Text("containerPort") is not { } number) continue;
            at.Findings.Advise(
                seen.Add((number, port.Text("protocol") ?? "TCP")),
                Codes.DuplicateItem,
                at.Item,
                at.Path["ports"][index]["containerPort"],
                $"the port {number} stands twice, which a server-side apply refuses",
                "remove one of the two");
        }
    }
}
