using Slipway.Documents;
using Slipway.Kubernetes.Formats;
using Slipway.Platform;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Pods and what is in them.</summary>
internal static class PodRules
{
    public static void Pod(RuleContext at)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        at.RequireUnique("initContainers", "name", "container", names);
        at.RequireUnique("containers", "name", "container", names);
        at.RequireUnique("volumes", "name", "volume");
        if (at.Node.Sequence("containers") is { } containers)
            at.Require(containers.Count > 0, Codes.MissingField, "containers", "the pod has no container", "add one");
        at.RequireAtLeast("terminationGracePeriodSeconds", 0);
    }

    public static void Container(RuleContext at)
    {
        if (at.Node.Text("name") is { } name)
            at.Require(Names.IsLabel(name), Codes.BadName, "name", $"'{name}' is no name for a container", "use lower case letters, digits and '-', at most 63");
        at.Require(at.Node.Text("image") is not null, Codes.MissingField, "image", "the container has no image", "add 'image'");
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

    public static void VariableSource(RuleContext at) => at.RequireOne(true, "configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef", "fileKeyRef");

    public static void VariablesSource(RuleContext at) => at.RequireOne(true, "configMapRef", "secretRef");

    public static void Probe(RuleContext at)
    {
        Handler(at);
        at.RequireAtLeast("initialDelaySeconds", 0);
        at.RequireAtLeast("periodSeconds", 1);
        at.RequireAtLeast("timeoutSeconds", 1);
        at.RequireAtLeast("failureThreshold", 1);
        at.RequireAtLeast("successThreshold", 1);
    }

    public static void Handler(RuleContext at) => at.RequireOne(true, "exec", "grpc", "httpGet", "tcpSocket", "sleep");

    public static void ActionPort(RuleContext at) => at.RequirePortOrName("port");

    public static void Volume(RuleContext at)
    {
        if (at.Node.Text("name") is { } name)
            at.Require(Names.IsLabel(name), Codes.BadName, "name", $"'{name}' is no name for a volume", "use lower case letters, digits and '-', at most 63");
        var sources = at.Node.Where(entry => entry.Key != "name").Select(entry => entry.Key).ToArray();
        at.RequireOne(false, sources);
    }

    public static void Security(RuleContext at)
    {
        if (at.Node.Text("privileged") == "true")
            at.Require(at.Node.Text("allowPrivilegeEscalation") != "false", Codes.BadCombination, "allowPrivilegeEscalation", "a privileged container cannot forbid privilege escalation", "remove 'privileged'");
        if (at.Node.Text("runAsNonRoot") == "true")
            at.Require(at.Number("runAsUser") != 0, Codes.BadCombination, "runAsUser", "user 0 is root, which 'runAsNonRoot' forbids", "choose another user");
    }

    public static void Resources(RuleContext at)
    {
        foreach (var part in (string[])["requests", "limits"])
        {
            foreach (var entry in at.Node.Mapping(part) ?? [])
            {
                if (Amount(entry.Value) is { } amount)
                    at.Findings.Require(amount >= 0, Codes.OutOfRange, at.Item, at.Path[part][entry.Key], "an amount is negative", "write a positive one");
            }
        }

        foreach (var entry in at.Node.Mapping("requests") ?? [])
        {
            if (Amount(entry.Value) is not { } request || at.Node.Mapping("limits")?[entry.Key] is not { } other || Amount(other) is not { } limit) continue;
            at.Findings.Require(
                limit >= request,
                Codes.LimitBelowRequest,
                at.Item,
                at.Path["limits"][entry.Key],
                $"the limit of {entry.Key}, {other}, is below the request, {entry.Value}",
                "raise the limit, or lower the request");
        }
    }

    private static decimal? Amount(Node node) => node is ScalarNode scalar && UnknownMarker.Find(scalar.Text) is null ? Quantity.Parse(scalar.Text) : null;

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
