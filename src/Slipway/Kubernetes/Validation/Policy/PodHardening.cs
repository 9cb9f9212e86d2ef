using Slipway.Documents;
using Slipway.Kubernetes.Validation.References;

namespace Slipway.Kubernetes.Validation.Policy;

/// <summary>What the Pod Security Standards forbid besides root, privileges, capabilities and the node's name spaces.</summary>
internal static class PodHardening
{
    private static readonly HashSet<string> SafeSysctls = new(StringComparer.Ordinal)
    {
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range",
        "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies",
        "net.ipv4.tcp_wmem",
    };

    private static readonly HashSet<string> SafeTypes = new(StringComparer.Ordinal) { "", "container_engine_t", "container_init_t", "container_kvm_t", "container_t" };

    public static void Check(FindingList findings, PodTemplate pod)
    {
        CheckContext(findings, pod, pod.Spec.Mapping("securityContext"), pod.Path["securityContext"]);
        foreach (var (container, path) in pod.AllContainers)
        {
            CheckContext(findings, pod, container.Mapping("securityContext"), path["securityContext"]);
            var ports = container.Sequence("ports") ?? [];
            for (var at = 0; at < ports.Count; at++)
            {
                findings.Require(
                    (ports[at] as MappingNode)?.Text("hostPort") is null or "0",
                    Codes.HostAccess,
                    pod.Owner,
                    path["ports"][at]["hostPort"],
                    "the container takes a port of the node",
                    "remove 'hostPort', and add a Service");
            }
        }
    }

    private static void CheckContext(FindingList findings, PodTemplate pod, MappingNode? context, NodePath path)
    {
        if (context is null) return;
        findings.Require(context.Text("procMount") is null or "Default", Codes.HostAccess, pod.Owner, path["procMount"], "the container sees the node's /proc", "remove 'procMount'");
        findings.Require(context.Mapping("windowsOptions")?.Text("hostProcess") != "true", Codes.Privileged, pod.Owner, path["windowsOptions"]["hostProcess"], "the container is a process of the node", "remove 'hostProcess'");
        findings.Require(context.Mapping("appArmorProfile")?.Text("type") != "Unconfined", Codes.Seccomp, pod.Owner, path["appArmorProfile"], "AppArmor is switched off", "write 'type: RuntimeDefault'");
        if (context.Mapping("seLinuxOptions") is { } labels)
            findings.Require(
                !labels.Has("user") && !labels.Has("role") && SafeTypes.Contains(labels.Text("type") ?? ""),
                Codes.PrivilegeEscalation,
                pod.Owner,
                path["seLinuxOptions"],
                "a user, role or type of SELinux is chosen that may do more than a container should",
                "remove 'user' and 'role'; 'type' may be container_t");
        var sysctls = context.Sequence("sysctls") ?? [];
        for (var at = 0; at < sysctls.Count; at++)
        {
            if ((sysctls[at] as MappingNode)?.Text("name") is not { } name) continue;
            findings.Require(SafeSysctls.Contains(name), Codes.HostAccess, pod.Owner, path["sysctls"][at]["name"], $"the sysctl '{name}' reaches beyond the pod, and nodes do not allow it by default", "remove it");
        }
    }
}
