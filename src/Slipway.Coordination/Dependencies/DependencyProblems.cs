using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Dependencies;

/// <summary>What can be wrong with dependencies, and why they do not come.</summary>
internal static class DependencyProblems
{
    public static readonly JsonShapeCodes Shape = new("SLW5453", "SLW5454", "SLW5455", "SLW5456");

    public static Diagnostic Value(string path, string summary, string fix) => Problem(Shape.Value, path, summary, fix);

    public static Diagnostic Duplicate(string path, string id) =>
        Problem("SLW5457", path, $"The dependency '{id}' is there twice", "Give each dependency of an agent an id of its own.");

    public static Diagnostic UnknownKind(string path, Dependency dependency, IEnumerable<DependencyKind> known) => Problem(
        "SLW5458",
        path,
        $"Dependency '{dependency.Id}' is of the kind '{dependency.Kind}', which nobody can wait for",
        $"Use one of {string.Join(", ", known.Select(kind => kind.Name).Order(StringComparer.Ordinal))}, or give the resolver a source of this kind.");

    public static Diagnostic UnknownTarget(string path, string coordinationId, Dependency dependency) => Problem(
        "SLW5459",
        path,
        $"Dependency '{dependency.Id}' waits for '{dependency.Target}', which coordination '{coordinationId}' does not know as target of the kind {dependency.Kind}",
        "Correct the name, or declare the target before anybody waits for it.");

    public static Diagnostic Cycle(string agentId, string cycle) =>
        Problem("SLW5460", agentId, $"Agents wait for each other: {cycle}", "Take one of these dependencies out.");

    public static Failure TimedOut(Dependency dependency, string? detail) => new()
    {
        Code = "SLW5470",
        Kind = FailureKind.Timeout,
        Message = FormattableString.Invariant($"'{dependency.Target}' did not come within {dependency.Timeout.TotalSeconds:0.###} s"),
        Detail = detail,
        Source = dependency.Target,
    };

    public static Failure AgentFailed(string agentId, string error) =>
        new() { Code = "SLW5471", Kind = FailureKind.Permanent, Message = $"agent '{agentId}' failed: {error}", Source = agentId };

    public static Failure BadAnswer(string resourceId, double answer) => new()
    {
        Code = "SLW5472",
        Kind = FailureKind.Permanent,
        Message = FormattableString.Invariant($"the probe of '{resourceId}' answered {answer}, which is not 0 to 1"),
        Source = resourceId,
    };

    public static Failure Ended(string target) =>
        new() { Code = "SLW5473", Kind = FailureKind.Cancelled, Message = $"the coordination ended before '{target}' came", Source = target };

    public static Failure GivenUp(string dependencyId) =>
        new() { Code = "SLW5474", Kind = FailureKind.Cancelled, Message = $"not waited for any longer, because '{dependencyId}' did not come" };

    public static Failure Cancelled() =>
        new() { Code = "SLW5475", Kind = FailureKind.Cancelled, Message = "not waited for any longer, because the wait was cancelled" };

    private static Diagnostic Problem(string code, string path, string summary, string fix) =>
        new() { Code = code, Summary = summary, Place = path.Length == 0 ? null : new SourcePlace(null, Path: path), Fix = fix };
}
