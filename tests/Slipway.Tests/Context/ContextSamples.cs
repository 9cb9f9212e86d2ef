using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Tests.Terraform;

namespace Slipway.Tests.Context;

/// <summary>Collects facts from texts.</summary>
internal static class ContextSamples
{
    /// <summary>Everything but what a test is about.</summary>
    public const string Project = """
        "project_name": "demo", "environment": "dev", "region": "us-east-1", "aws_account_id": "123456789012"
        """;

    public static Inventory Nothing { get; } = new() { Tiers = [], Workloads = [] };

    /// <summary>Collects from the outputs of the project and some more.</summary>
    public static async Task<(InfrastructureFacts? Facts, List<Diagnostic> Problems)> CollectAsync(
        string outputs,
        (string Path, string Text)[]? mapping = null,
        (string Path, string Text)[]? values = null,
        Inventory? inventory = null,
        bool allowUnknown = false,
        bool withProject = true)
    {
        var text = withProject ? $"{{{Project}{(outputs.Length > 0 ? "," : "")} {outputs}}}" : $"{{{outputs}}}";
        var problems = new List<Diagnostic>();
        var facts = ContextCollector.Collect(
            new ContextRequest
            {
                Outputs = [await TerraformSamples.OutputsAsync(text)],
                Inventory = inventory ?? Nothing,
                Mapping = Configured(mapping),
                Values = Configured(values),
                AllowUnknown = allowUnknown,
            },
            problems);
        return (facts, problems);
    }

    /// <summary>The facts of outputs that are right.</summary>
    public static async Task<InfrastructureFacts> FactsAsync(string outputs, params (string Path, string Text)[] mapping)
    {
        var (facts, problems) = await CollectAsync(outputs, mapping);
        Assert.DoesNotContain(problems, problem => problem.Severity == Severity.Error);
        return facts!;
    }

    public static Dictionary<string, Value<string>> Configured((string Path, string Text)[]? entries) =>
        (entries ?? []).ToDictionary(
            entry => entry.Path,
            entry => Value.Known(entry.Text, new Provenance(ProvenanceKind.Configuration, $"mapping.{entry.Path}", new SourcePlace("slipway.yaml", 3, 5))));
}
