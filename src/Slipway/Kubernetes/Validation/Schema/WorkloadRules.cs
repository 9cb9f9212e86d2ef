using Slipway.Documents;
using Slipway.Kubernetes.Formats;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Deployments and their like, jobs, claims.</summary>
internal static class WorkloadRules
{
    public static void Deployment(RuleContext at)
    {
        if (at.Number("progressDeadlineSeconds") is { } deadline)
            at.Require(deadline > (at.Number("minReadySeconds") ?? 0), Codes.OutOfRange, "progressDeadlineSeconds", $"{deadline} seconds are over before a pod counts as ready", "write more than 'minReadySeconds'");
        var pod = at.Node.Mapping("template")?.Mapping("spec");
        if (pod?.Has("activeDeadlineSeconds") == true)
            at.Findings.Error(Codes.BadCombination, at.Item, at.Path["template"]["spec"]["activeDeadlineSeconds"], $"the pods of a {at.Item.Kind} have no deadline", "remove it, or make it a Job");
        if (pod?.Text("restartPolicy") is { } policy)
        {
            at.Findings.Require(
                policy == "Always",
                Codes.BadCombination,
                at.Item,
                at.Path["template"]["spec"]["restartPolicy"],
                $"the pods of a {at.Item.Kind} are always restarted, not '{policy}'",
                "remove 'restartPolicy', or make it a Job");
        }

        if (at.Node.Mapping("selector") is { } selector)
            at.Require((selector.Mapping("matchLabels")?.Count ?? 0) + (selector.Sequence("matchExpressions")?.Count ?? 0) > 0, Codes.MissingField, "selector", "the selector is empty", "add 'matchLabels' with labels of the pod template");
    }

    public static void Strategy(RuleContext at)
    {
        if (at.Node.Text("type") == "Recreate")
            at.Require(at.Node["rollingUpdate"] is null or ScalarNode { Kind: ScalarKind.Null }, Codes.BadCombination, "rollingUpdate", "the strategy Recreate takes no 'rollingUpdate'", "remove it, or choose RollingUpdate");
        if (at.Node.Mapping("rollingUpdate") is { } rolling)
            at.Require(!(IsZero(rolling.Text("maxSurge")) && IsZero(rolling.Text("maxUnavailable"))), Codes.BadCombination, "rollingUpdate", "with maxSurge and maxUnavailable both 0 no update can go on", "raise one of the two");
    }

    public static void CronJob(RuleContext at)
    {
        if (at.Node.Text("schedule") is { } schedule)
        {
            var problem = CronSchedule.Check(schedule);
            at.Require(problem is null, Codes.BadSchedule, "schedule", $"the schedule is wrong: {problem}", "write five fields such as '*/5 * * * *', and the time zone under 'timeZone'");
        }

    }

    public static void Job(RuleContext at)
    {
        if (at.Node.Has("selector"))
            at.Require(at.Node.Text("manualSelector") == "true", Codes.BadCombination, "selector", "the selector of a Job is made by the cluster", "remove 'selector'");
        if (at.Node.Text("completionMode") == "Indexed")
            at.Require(at.Node.Has("completions"), Codes.MissingField, "completions", "a Job with indexes needs their number", "add 'completions'");
        foreach (var field in at.Node.Text("completionMode") == "Indexed" ? [] : (string[])["backoffLimitPerIndex", "maxFailedIndexes", "successPolicy"])
            at.Require(!at.Node.Has(field), Codes.BadCombination, field, $"only a Job with indexes has '{field}'", "write 'completionMode: Indexed', or remove it");
        FailurePolicy(at);
        if (at.Node.Mapping("template")?.Mapping("spec") is not { } pod) return;
        at.Findings.Require(
            pod.Text("restartPolicy") is "OnFailure" or "Never",
            Codes.BadCombination,
            at.Item,
            at.Path["template"]["spec"]["restartPolicy"],
            "the pods of a Job cannot be restarted always",
            "write 'restartPolicy: OnFailure' or 'Never'");
    }

    public static void Rolling(RuleContext at)
    {
        foreach (var field in (string[])["maxSurge", "maxUnavailable"])
        {
            at.RequireAtLeast(field, 0);
            at.RequirePercentage(field, field == "maxSurge" ? int.MaxValue : 100);
        }
    }

    public static void DaemonStrategy(RuleContext at)
    {
        if (at.Node.Mapping("rollingUpdate") is { } rolling)
            at.Require(!(IsZero(rolling.Text("maxUnavailable")) && IsZero(rolling.Text("maxSurge") ?? "0")), Codes.BadCombination, "rollingUpdate", "with maxSurge and maxUnavailable both 0 no update can go on", "raise one of the two");
    }

    public static void StatefulStrategy(RuleContext at)
    {
        if (at.Node.Text("type") == "OnDelete")
            at.Require(at.Node["rollingUpdate"] is null or ScalarNode { Kind: ScalarKind.Null }, Codes.BadCombination, "rollingUpdate", "the strategy OnDelete takes no 'rollingUpdate'", "remove it, or choose RollingUpdate");
    }

    public static void Stateful(RuleContext at)
    {
        Deployment(at);
        var claims = at.Node.Sequence("volumeClaimTemplates") ?? [];
        for (var index = 0; index < claims.Count; index++)
        {
            if (claims[index] is MappingNode claim)
                at.Findings.Require(claim.Mapping("metadata")?.Text("name") is not null, Codes.MissingField, at.Item, at.Path["volumeClaimTemplates"][index]["metadata"]["name"], "the claim has no name, so that no container can mount it", "add 'metadata.name'");
        }
    }

    private static void FailurePolicy(RuleContext at)
    {
        if (at.Node.Mapping("podFailurePolicy") is not { } policy) return;
        at.Require(at.Node.Mapping("template")?.Mapping("spec")?.Text("restartPolicy") == "Never", Codes.BadCombination, "podFailurePolicy", "a policy for failed pods needs pods that are never restarted", "write 'restartPolicy: Never'");
        var rules = policy.Sequence("rules") ?? [];
        for (var index = 0; index < rules.Count; index++)
        {
            if ((rules[index] as MappingNode)?.Mapping("onExitCodes") is not { } codes || codes.Text("operator") != "In") continue;
            var zero = (codes.Sequence("values") ?? []).OfType<ScalarNode>().Any(value => value.Text == "0");
            at.Findings.Require(!zero, Codes.OutOfRange, at.Item, at.Path["podFailurePolicy"]["rules"][index]["onExitCodes"]["values"], "the exit code 0 is no failure", "remove it");
        }
    }

    private static bool IsZero(string? text) => text is "0" or "0%";
}
