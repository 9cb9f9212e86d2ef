using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;
using Slipway.Platform.Reading;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;
using Slipway.Tests.Terraform;

namespace Slipway.Tests.Context;

/// <summary>The golden case <c>context-small</c>: three services and an infrastructure of everything.</summary>
internal static class SmallContext
{
    public const string Folder = "/ws/k8s-context";

    public static string Directory { get; } = RepositoryRoot.Combine("tests", "Slipway.Tests", "Golden", "context-small");

    public static GenerationPlan Plan { get; } = new(
        [
            new("0", "documentation", false, [new("README.md")]),
            new("2a", "namespace_rbac", true, [new("base/namespace/namespace.yaml")]),
            new("4", "deployments", false, [new("web-ui", "frontend"), new("api-gateway", "gateway"), new("report-worker", "processing")]),
        ],
        []);

    public static async Task<(PlatformModel Model, List<Diagnostic> Problems)> BuildAsync(bool allowUnknown = false, Func<string, string>? change = null)
    {
        var problems = new List<Diagnostic>();
        var inventory = InventoryReader.Read(Input("services.yaml"), "services.yaml", problems);
        Assert.True(inventory is not null, string.Join('\n', problems));
        var outputs = await TerraformSamples.OutputsAsync((change ?? (text => text))(Input("outputs.json")));
        var facts = ContextCollector.Collect(new ContextRequest { Outputs = [outputs], Inventory = inventory, AllowUnknown = allowUnknown }, problems);
        Assert.True(facts is not null, string.Join('\n', problems));
        var model = new PlatformModel
        {
            Facts = facts,
            Inventory = inventory with { Workloads = [.. inventory.Workloads.Select(workload => Resolve(workload, facts))] },
            Environments = [],
            GitOps = new GitOpsSettings(Value.Default("x", "test"), Value.Default("main", "test"), Value.Default(".", "test")),
        };
        return (model, problems);
    }

    public static SortedDictionary<string, byte[]> Render(PlatformModel model) => ContextRenderer.Render(
        model,
        InventoryReader.Read(Input("services.yaml"), "services.yaml", [])!,
        Plan,
        [new ContextInput("outputs.json", "ab12"), new ContextInput("services.yaml", "cd34")]);

    public static async Task<InMemoryFileSystem> WriteAsync()
    {
        var (model, _) = await BuildAsync();
        var files = new InMemoryFileSystem();
        return files.AddContext(Render(model));
    }

    /// <summary>Adds what was rendered as the context folder.</summary>
    public static InMemoryFileSystem AddContext(this InMemoryFileSystem files, IReadOnlyDictionary<string, byte[]> rendered)
    {
        foreach (var (path, content) in rendered) files.Add($"{Folder}/{path}", content);
        return files;
    }

    public static (ContextSet? Context, List<Diagnostic> Problems) Read(InMemoryFileSystem files)
    {
        var problems = new List<Diagnostic>();
        return (new ContextReader(files).Read(Folder, problems), problems);
    }

    /// <summary>Changes a file as a person would.</summary>
    public static InMemoryFileSystem Edit(this InMemoryFileSystem files, string file, string from, string to)
    {
        var text = files.ReadText($"{Folder}/{file}");
        Assert.Contains(from, text, StringComparison.Ordinal);
        return files.Add($"{Folder}/{file}", text.Replace(from, to, StringComparison.Ordinal));
    }

    private static string Input(string name) => File.ReadAllText(Path.Combine(Directory, "input", name));

    private static Workload Resolve(Workload workload, InfrastructureFacts facts)
    {
        if (!workload.Image.FromRegistry) return workload;
        var repository = facts.Registry!.RepositoryUrls[$"demo-{workload.Name}"];
        return workload with { Image = workload.Image with { Repository = repository } };
    }
}
