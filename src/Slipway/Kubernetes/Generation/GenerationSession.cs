using System.Collections.Concurrent;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Generation.Items;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;
using Slipway.Templates;

namespace Slipway.Kubernetes.Generation;

/// <summary>
/// The generation of one platform: its items with their edges, and their files, made when asked for and then kept. Safe for concurrent use;
/// the same platform, plan and templates give the same files whatever the order of asking.
/// </summary>
public sealed class GenerationSession
{
    private readonly PlatformModel _model;
    private readonly TemplateCatalogue _templates;
    private readonly Dictionary<string, GenerationItem> _byId;
    private readonly ConcurrentDictionary<string, Lazy<GenerationResult>> _results = new(StringComparer.Ordinal);

    private GenerationSession(PlatformModel model, TemplateCatalogue templates, IReadOnlyList<GenerationItem> items)
    {
        _model = model;
        _templates = templates;
        Items = items;
        _byId = items.ToDictionary(item => item.Id, StringComparer.Ordinal);
    }

    /// <summary>The environments that the plan makes an overlay of, in order of declaration.</summary>
    public IReadOnlyList<EnvironmentDefinition> Environments => _model.Environments;

    /// <summary>The items in the plan's order; each is after those it depends on.</summary>
    public IReadOnlyList<GenerationItem> Items { get; }

    /// <summary>Opens a session for everything that can be made of a platform.</summary>
    public static GenerationSession? Open(PlatformModel model, TemplateCatalogue templates, ICollection<Diagnostic> problems) =>
        Open(model, GenerationPlan.For(model), templates, problems);

    /// <summary>Opens a session for a plan.</summary>
    /// <param name="model">The platform.</param>
    /// <param name="plan">What to make, in which levels.</param>
    /// <param name="templates">The templates.</param>
    /// <param name="problems">Receives everything in the plan that cannot hold (SLW1311 to SLW1314, and SLW1317).</param>
    /// <returns>The session, or null with problems.</returns>
    public static GenerationSession? Open(PlatformModel model, GenerationPlan plan, TemplateCatalogue templates, ICollection<Diagnostic> problems)
    {
        var items = new PlanResolver(KnownItems.For(model), plan, problems).Resolve();
        return items is null ? null : new GenerationSession(Planned(model, items), templates, items);
    }

    // What the plan leaves out is no part of the documents, the roles or the Argo CD projects either.
    private static PlatformModel Planned(PlatformModel model, IReadOnlyList<GenerationItem> items)
    {
        var made = items.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        return model with { Environments = [.. model.Environments.Where(environment => made.Contains($"overlays/{environment.Name}"))] };
    }

    /// <summary>Makes an item's files, and those of the items it reads; made once, then kept.</summary>
    /// <exception cref="KeyNotFoundException">There is no such item.</exception>
    public GenerationResult Generate(string id)
    {
        var item = _byId[id];
        return _results.GetOrAdd(id, static (_, made) => new Lazy<GenerationResult>(() => made.Session.Run(made.Item)), (Session: this, Item: item)).Value;
    }

    /// <summary>Calls a tool by name, outside the plan.</summary>
    /// <param name="tool">The tool's name, such as <c>generate_deployment</c>.</param>
    /// <param name="arguments">Its arguments; what is missing is derived from the platform.</param>
    /// <exception cref="KeyNotFoundException">There is no such tool.</exception>
    public GenerationResult Call(string tool, MappingNode arguments) => Run(new GenerationItem
    {
        Id = tool,
        Entry = tool,
        Level = PlanLevels.Documentation,
        Tool = tool,
        Arguments = arguments,
        Paths = [],
        Summary = GenerationTools.Get(tool).Description,
    });

    private GenerationResult Run(GenerationItem item)
    {
        var call = new ToolCall(item, _model, _templates, Items, id => Generate(id).Files);
        var files = GenerationTools.Get(item.Tool).Run(call);
        var problems = call.Problems.Distinct().ToList();
        return new GenerationResult(problems.Exists(problem => problem.Severity == Severity.Error) ? [] : files, problems);
    }
}
