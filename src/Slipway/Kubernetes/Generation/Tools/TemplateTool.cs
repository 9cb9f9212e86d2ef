using Slipway.Coordination.Diagnostics;
using Slipway.Documents;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary>A tool that fills one template, once for each thing of its kind, into one file.</summary>
/// <typeparam name="T">What one document is made of.</typeparam>
internal abstract class TemplateTool<T>(string name, string template, string path, string description) : IGenerationTool
{
    public const string ArgumentCode = "SLW2002";

    private static readonly ToolParameter NameParameter = new("name", "string", "which one to make; without it, all of the platform");

    public string Name => name;

    public string Description => description;

    public virtual IReadOnlyList<ToolParameter> Parameters { get; } = [NameParameter];

    public IReadOnlyList<GeneratedFile> Run(ToolCall call)
    {
        var wanted = call.Arguments.Text("name");
        var documents = new List<Document>();
        foreach (var one in Select(call))
        {
            if (wanted is not null && NameOf(one) != wanted) continue;
            documents.AddRange(call.Render(template, Values(one, call)));
        }

        if (documents.Count > 0) return [GeneratedFile.Yaml(call.Item.Paths is [var planned, ..] ? planned : path, documents)];
        if (wanted is not null)
        {
            call.Problems.Add(new Diagnostic
            {
                Code = ArgumentCode,
                Summary = $"{Name} finds nothing called '{wanted}'",
                Place = call.Arguments["name"]?.PlaceIn(""),
                Fix = "name one that the inventory has",
            });
        }

        return [];
    }

    /// <summary>Everything of this kind that the platform has, in order.</summary>
    protected abstract IEnumerable<T> Select(ToolCall call);

    /// <summary>The name of one.</summary>
    protected abstract string NameOf(T one);

    /// <summary>The values that the template takes for one.</summary>
    protected abstract MappingNode Values(T one, ToolCall call);

    /// <summary>The values that every document begins with.</summary>
    protected static MappingNode Begin(ScalarNode name, MappingNode labels, ToolCall call) => new MappingNode()
        .Add("name", name)
        .Add("namespace", call.Node(call.Model.Facts.Project.Namespace))
        .Add("labels", labels);
}
