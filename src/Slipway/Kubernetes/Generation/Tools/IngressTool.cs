using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Generation.Workloads;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_ingress</c>: one Ingress with all routes.</summary>
internal sealed class IngressTool() : TemplateTool<IReadOnlyList<IngressTool.Route>>(
    "generate_ingress", "ingress", "base/ingress/ingress-no-domain.yaml", "Makes the Ingress on an AWS load balancer, the most specific paths first.")
{
    public const string DuplicateRouteCode = "SLW2004";

    /// <summary>The Ingress' name.</summary>
    public static Value<string> IngressName(PlatformModel model) => model.Facts.Project.Namespace.Map(name => $"{name}-ingress");

    protected override IEnumerable<IReadOnlyList<Route>> Select(ToolCall call)
    {
        var routes = (from workload in call.Model.Inventory.Workloads
                      from route in workload.Ingress
                      let path = route.Path.IsUnknown ? "" : route.Path.Content
                      orderby Depth(path) descending, path.Length descending
                      select new Route(workload, route, path)).ToList();
        foreach (var same in routes.GroupBy(route => route.Text, StringComparer.Ordinal).Where(same => same.Key.Length > 0 && same.Count() > 1))
        {
            call.Problems.Add(new Diagnostic
            {
                Code = DuplicateRouteCode,
                Summary = $"the path '{same.Key}' leads to {string.Join(" and ", same.Select(route => route.Workload.Name))}",
                Place = same.Last().Declared.Path.Source.Place,
                Fix = "give each service a path of its own",
            });
        }

        if (routes.Count > 0) yield return routes;
    }

    protected override string NameOf(IReadOnlyList<Route> one) => "ingress";

    protected override MappingNode Values(IReadOnlyList<Route> one, ToolCall call)
    {
        var paths = new SequenceNode();
        foreach (var route in one)
        {
            var node = new MappingNode().Add("path", call.Node(route.Declared.Path)).Add("service", ScalarNode.Of(route.Workload.Name, route.Workload.Source));
            if (PodValues.FindPort(route.Workload, route.Declared.Port) is { } port) node.Add("port", call.Node(port.ServicePort));
            paths.Add(node);
        }

        return Begin(call.Node(IngressName(call.Model)), Labels.Shared(call), call)
            .Add("healthCheckPath", ScalarNode.Of(ServiceTool.HealthPath, Provenance.Default("health check path")))
            .Add("tags", Tags(call))
            .Add("paths", paths);
    }

    private static ScalarNode Tags(ToolCall call)
    {
        var (project, environment) = (call.Node(call.Model.Facts.Project.Name), call.Node(call.Model.Facts.Project.Environment));
        return ScalarNode.Of($"Project={project.Text},Environment={environment.Text},ManagedBy=slipway", Provenance.Derived("project name and environment"));
    }

    private static int Depth(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>A path and where it leads.</summary>
    internal sealed record Route(Workload Workload, IngressRoute Declared, string Text);
}
