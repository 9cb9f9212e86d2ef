using Slipway.Documents;
using Slipway.Kubernetes.Formats;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Deployments and their like, jobs, claims.</summary>
internal static class WorkloadRules
{
    public static void Deployment(RuleContext at)
    {
        at.RequireAtLeast("replicas", 0);
        at.RequireAtLeast("revisionHistoryLimit", 0);
        var pod = at.Node.Mapping("template")?.Mapping("spec");
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

        at.RequireAtLeast("startingDeadlineSeconds", 0);
        at.RequireAtLeast("successfulJobsHistoryLimit", 0);
        at.RequireAtLeast("failedJobsHistoryLimit", 0);
    }

    public static void Job(RuleContext at)
    {
        at.RequireAtLeast("backoffLimit", 0);
        at.RequireAtLeast("parallelism", 0);
        at.RequireAtLeast("completions", 0);
        at.RequireAtLeast("activeDeadlineSeconds", 0);
        if (at.Node.Mapping("template")?.Mapping("spec") is not { } pod) return;
        at.Findings.Require(
            pod.Text("restartPolicy") is "OnFailure" or "Never",
            Codes.BadCombination,
            at.Item,
            at.Path["template"]["spec"]["restartPolicy"],
            "the pods of a Job cannot be restarted always",
            "write 'restartPolicy: OnFailure' or 'Never'");
    }

    public static void Claim(RuleContext at)
    {
        at.Require(at.Node.Sequence("accessModes") is { Count: > 0 }, Codes.MissingField, "accessModes", "the claim has no access mode", "add 'accessModes: [ReadWriteOnce]'");
        at.Require(at.Node.Mapping("resources")?.Mapping("requests")?.Has("storage") == true, Codes.MissingField, "resources", "the claim asks for no storage", "add 'resources.requests.storage'");
    }

    private static bool IsZero(string? text) => text is "0" or "0%";
}
