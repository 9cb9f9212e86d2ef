using Slipway.Documents;
using Slipway.Kubernetes.Generation.Workloads;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_deployment</c>, <c>generate_job</c> and <c>generate_cron_job</c>: one workload with its pod.</summary>
internal sealed class WorkloadTool(string name, string template, string folder, string description, Func<Workload, ToolCall, MappingNode, MappingNode> complete)
    : IGenerationTool
{
    public static IReadOnlyList<WorkloadTool> All { get; } =
    [
        new("generate_deployment", "deployment", "deployments", "Makes the Deployment of a service, hardened and with a writable /tmp.", CompleteDeployment),
        new("generate_job", "job", "jobs", "Makes a Job, which runs once to completion.", (_, _, values) => values),
        new("generate_cron_job", "cron-job", "cron-jobs", "Makes a CronJob, which runs on a schedule.", CompleteCronJob),
    ];

    public string Name => name;

    public string Description => description;

    public IReadOnlyList<ToolParameter> Parameters => WorkloadArguments.Parameters;

    public IReadOnlyList<GeneratedFile> Run(ToolCall call)
    {
        if (new WorkloadArguments(call).Read() is not { } workload) return [];
        var values = new MappingNode()
            .Add("name", ScalarNode.Of(workload.Name, workload.Source))
            .Add("namespace", call.Node(call.Model.Facts.Project.Namespace))
            .Add("labels", Labels.Of(workload, call))
            .Add("pod", PodValues.Render(workload, call));
        var path = call.Item.Paths is [var planned, ..] ? planned : $"base/{folder}/{workload.Tier}/{workload.Name}.yaml";
        return [GeneratedFile.Yaml(path, call.Render(template, complete(workload, call, values)))];
    }

    private static MappingNode CompleteDeployment(Workload workload, ToolCall call, MappingNode values)
    {
        var exclusive = workload.Volumes.OfType<VolumeNeed.PersistentClaim>()
            .FirstOrDefault(claim => claim.AccessMode is not { IsUnknown: false, Content: "ReadWriteMany" or "ReadOnlyMany" });
        return values
            .Add("replicas", call.Node(workload.Replicas))
            .Add("selector", Labels.Selector(workload, call))
            .Add("recreate", ScalarNode.Of(exclusive is not null, exclusive?.AccessMode.Source));
    }

    private static MappingNode CompleteCronJob(Workload workload, ToolCall call, MappingNode values) =>
        values.Add("schedule", call.Node(workload.Schedule ?? Value.Unknown<string>($"services.{workload.Name}.schedule", workload.Source)));
}
