namespace Slipway.Context;

/// <summary>The names of the context files, inside <see cref="Folder"/> of the workspace.</summary>
public static class ContextFiles
{
    /// <summary>The folder that holds them.</summary>
    public const string Folder = "k8s-context";

    /// <summary>What Terraform made, in sections.</summary>
    public const string Summary = "outputs-summary.yaml";

    /// <summary>What is generated in which level.</summary>
    public const string Plan = "k8s-generation-plan.yaml";

    /// <summary>Values computed for the templates: images, configuration, roles.</summary>
    public const string Variables = "template-variables.yaml";

    /// <summary>The services with everything explicit, in the schema of <c>services.yaml</c>.</summary>
    public const string Inventory = "service-inventory.yaml";

    /// <summary>Where each value of the four files came from, with a hash of its text, and the hashes of the inputs.</summary>
    public const string Sources = ".slipway/sources.json";

    /// <summary>The four files that people read, in the order in which they are written.</summary>
    public static IReadOnlyList<string> All { get; } = [Summary, Plan, Variables, Inventory];
}
