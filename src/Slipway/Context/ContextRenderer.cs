using System.Text;
using Slipway.Documents;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;
using Slipway.Platform.Reading;

namespace Slipway.Context;

/// <summary>Renders the four context files and the record of their sources. The same input gives the same bytes.</summary>
public static class ContextRenderer
{
    private static readonly string[] Header = ["Written by 'slipway context'. See docs/terraform-outputs.md."];

    /// <summary>Renders the context.</summary>
    /// <param name="model">The platform.</param>
    /// <param name="inventory">The service inventory as it was read, its facts still references.</param>
    /// <param name="plan">The generation plan.</param>
    /// <param name="inputs">What the context is made from.</param>
    /// <returns>The content of each file by its path in the context folder, ordered ordinally.</returns>
    public static SortedDictionary<string, byte[]> Render(PlatformModel model, Inventory inventory, GenerationPlan plan, IEnumerable<ContextInput> inputs)
    {
        var documents = new (string File, Node Root)[]
        {
            (ContextFiles.Summary, SummaryNode.Of(model)),
            (ContextFiles.Plan, plan.ToNode(model)),
            (ContextFiles.Variables, VariablesNode.Of(model)),
            (ContextFiles.Inventory, InventoryWriter.Write(inventory).Root),
        };
        var sources = new ContextSources { Inputs = [.. inputs.OrderBy(input => input.Name, StringComparer.Ordinal)] };
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (file, root) in documents)
        {
            sources.Record(file, root);
            files.Add(file, Encoding.UTF8.GetBytes(DocumentWriter.Write([new Document(root, Header)])));
        }

        files.Add(ContextFiles.Sources, ContextSourcesJson.Write(sources));
        return files;
    }
}
