using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Graphs;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Plans;

namespace Slipway.Samples;

/// <summary>Contracts are parsed in parallel; the schema begins when all of them are. The graph of the plan can be drawn.</summary>
internal static class Mixed
{
    public static async Task RunAsync()
    {
        var coordination = new CoordinationBuilder()
            .AddAgent("parser", (context, _) => ValueTask.FromResult(StepOutcome.Succeeded(context.Input.GetProperty("entity"))))
            .AddAgent("schema", (context, _) =>
            {
                var entities = context.Step.DependsOn.Select(parser => context.OutputOf(parser.StepId)!.Value.GetRawText());
                return ValueTask.FromResult(StepOutcome.Succeeded(JsonElement.Parse($"[{string.Join(',', entities)}]")));
            })
            .Build();
        string[] entities = ["user", "post", "comment"];
        Step[] parsers = [.. entities.Select((entity, i) => new Step
        {
            Id = $"parser_{i}",
            Agent = "parser",
            Input = JsonElement.Parse($$"""{"entity": "{{entity}}"}"""),
        })];
        var schema = new Step { Id = "schema_gen", Agent = "schema", DependsOn = [.. parsers.Select(parser => new StepDependency(parser.Id))] };
        var plan = new Plan { Name = "mixed", Steps = [.. parsers, schema] };

        Console.Write(GraphExport.ToMermaid(PlanValidator.Check(plan).Graph!));
        var result = await coordination.Engine.StartAsync("codegen-1", plan);
        Console.WriteLine($"{result.Status}: {result.Run!["schema_gen"].Output}");
    }
}
