using System.Net;
using Slipway.Documents;
using Slipway.Kubernetes.Formats;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>The forms that the API server asks of texts and of lists of texts, by type and field.</summary>
internal static class TextForms
{
    private static readonly Form Label = new(Names.IsLabel, Codes.BadName, "no name", "use lower case letters, digits and '-', at most 63");
    private static readonly Form Subdomain = new(Names.IsSubdomain, Codes.BadName, "no name", "use lower case letters, digits, '-' and '.', starting and ending with a letter or digit");
    private static readonly Form Key = new(Names.IsLabelKey, Codes.BadLabel, "no key for a label", "use an optional DNS name with '/', then at most 63 letters, digits, '-', '_' or '.'");
    private static readonly Form Address = new(text => IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Count(letter => letter == '.') == 3), Codes.BadAddress, "no IP address", "write an address such as 10.0.0.1");
    private static readonly Form Block = new(text => IPNetwork.TryParse(text.Trim(), out _), Codes.BadAddress, "no block of addresses", "write it as 10.0.0.0/16");
    private static readonly Form Inside = new(text => !text.StartsWith('/') && !text.Split('/').Contains("..", StringComparer.Ordinal), Codes.OutOfRange, "no path inside the volume", "write a relative path without '..'");
    private static readonly Form Straight = new(text => !text.Split('/').Contains("..", StringComparer.Ordinal), Codes.OutOfRange, "a path that goes up", "write the path without '..'");
    private static readonly Form Absolute = new(text => text.StartsWith('/'), Codes.OutOfRange, "no absolute path", "write '/' before it");
    private static readonly Form Filled = new(text => text.Length > 0, Codes.MissingField, "empty", "write a value");
    private static readonly Form Header = new(text => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'), Codes.BadName, "no name for a header", "use letters, digits and '-'");
    private static readonly Form Host = new(IsHost, Codes.BadName, "no host name", "write a DNS name in lower case, without port; only its first part may be '*'");
    private static readonly Form ClusterAddress = new(text => text is "None" or "" || Address.Fits(text), Codes.BadAddress, "no IP address", "write an address, or 'None' for a headless Service");
    private static readonly Form Sysctl = new(text => text.Length is > 0 and <= 253 && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || "-_./".Contains(letter, StringComparison.Ordinal)), Codes.BadName, "no name of a sysctl", "write it as kernel.shm_rmid_forced");
    private static readonly Form Zone = new(IsZone, Codes.BadSchedule, "no time zone", "write one such as Europe/Berlin or Etc/UTC");

    private static readonly ILookup<string, (string Field, Form Form)> Forms = new (string Type, string Field, Form Form)[]
    {
        ("batch.v1.CronJobSpec", "timeZone", Zone),
        ("core.v1.ContainerPort", "hostIP", Address),
        ("core.v1.HTTPHeader", "name", Header),
        ("core.v1.HostAlias", "hostnames", Subdomain),
        ("core.v1.HostAlias", "ip", Address),
        ("core.v1.HostPathVolumeSource", "path", Straight),
        ("core.v1.KeyToPath", "path", Inside),
        ("core.v1.NFSVolumeSource", "path", Absolute),
        ("core.v1.NodeSelectorRequirement", "key", Key),
        ("core.v1.PersistentVolumeClaimSpec", "storageClassName", Subdomain),
        ("core.v1.PersistentVolumeClaimVolumeSource", "claimName", Filled),
        ("core.v1.PodAffinityTerm", "topologyKey", Key),
        ("core.v1.PodDNSConfig", "nameservers", Address),
        ("core.v1.PodReadinessGate", "conditionType", Key),
        ("core.v1.PodSpec", "hostname", Label),
        ("core.v1.PodSpec", "priorityClassName", Subdomain),
        ("core.v1.PodSpec", "runtimeClassName", Subdomain),
        ("core.v1.PodSpec", "serviceAccountName", Subdomain),
        ("core.v1.PodSpec", "subdomain", Label),
        ("core.v1.ServicePort", "appProtocol", Key),
        ("core.v1.ServiceSpec", "clusterIP", ClusterAddress),
        ("core.v1.ServiceSpec", "clusterIPs", ClusterAddress),
        ("core.v1.ServiceSpec", "externalIPs", Address),
        ("core.v1.ServiceSpec", "externalName", Subdomain),
        ("core.v1.ServiceSpec", "loadBalancerSourceRanges", Block),
        ("core.v1.Sysctl", "name", Sysctl),
        ("core.v1.Toleration", "key", Key),
        ("core.v1.TopologySpreadConstraint", "topologyKey", Key),
        ("core.v1.VolumeMount", "mountPath", Filled),
        ("core.v1.VolumeMount", "subPath", Inside),
        ("core.v1.VolumeMount", "subPathExpr", Inside),
        ("networking.v1.IngressRule", "host", Host),
        ("networking.v1.IngressTLS", "hosts", Host),
        ("rbac.v1.RoleRef", "name", Filled),
    }.ToLookup(form => form.Type, form => (form.Field, form.Form), StringComparer.Ordinal);

    public static void Check(string type, RuleContext at)
    {
        foreach (var (field, form) in Forms[type])
        {
            if (at.Node[field] is ScalarNode { Kind: ScalarKind.String } text && (text.Text.Length > 0 || form.AsksForText)) Require(at, text, at.Path[field], form);
            for (var index = 0; index < (at.Node.Sequence(field)?.Count ?? 0); index++)
            {
                if (at.Node.Sequence(field)![index] is ScalarNode { Kind: ScalarKind.String } item) Require(at, item, at.Path[field][index], form);
            }
        }
    }

    private static void Require(RuleContext at, ScalarNode value, NodePath path, Form form)
    {
        if (Platform.UnknownMarker.Find(value.Text) is null) at.Findings.Require(form.Fits(value.Text), form.Code, at.Item, path, $"'{value.Text}' is {form.Complaint}", form.Fix);
    }

    private static bool IsHost(string text)
    {
        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return Names.IsSubdomain(name) && !IPAddress.TryParse(text, out _);
    }

    // Where the machine knows no time zones nothing can be said.
    private static bool IsZone(string text) => text != "Local" && (TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) || !TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Berlin", out _));

    private sealed record Form(Func<string, bool> Fits, string Code, string Complaint, string Fix)
    {
        /// <summary>True when an empty text is wrong; else it is the same as leaving the field out.</summary>
        public bool AsksForText => Complaint is "empty" or "no key for a label";
    }
}
