using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Schemas;
using Slipway.Kubernetes.Validation.Building;
using Slipway.Workspace;

namespace Slipway.Kubernetes.Validation.Server;

/// <summary>Asks a cluster what it thinks of the objects, without changing anything.</summary>
internal sealed class ServerDryRun(IProcessRunner processes, string? context)
{
    /// <summary>Adds the cluster's custom kinds to a catalog.</summary>
    /// <returns>A problem when the cluster cannot be asked.</returns>
    public async Task<Diagnostic?> AddKindsAsync(SchemaCatalog catalog, CancellationToken cancellationToken)
    {
        var result = await processes.RunAsync(Command(["get", "customresourcedefinitions", "-o", "json"], null), cancellationToken);
        if (result.ExitCode != 0) return Failure(result.Error);
        var problems = new List<Diagnostic>();
        if (DocumentReader.ReadSingle(result.Output, "customresourcedefinitions", problems) is not MappingNode list) return Failure("the list of custom kinds cannot be read");
        foreach (var definition in (list.Sequence("items") ?? []).OfType<MappingNode>()) CustomResourceReader.Add(catalog, definition);
        return null;
    }

    /// <summary>Tries a root.</summary>
    /// <returns>What the cluster refuses, and what it cannot judge since it depends on something that is not there yet.</returns>
    public async Task<(IReadOnlyList<Diagnostic> Refused, string? NotJudged)> TryAsync(BuiltRoot root, CancellationToken cancellationToken)
    {
        var result = await processes.RunAsync(Command(["apply", "--dry-run=server", "-f", "-"], root.Text), cancellationToken);
        if (result.ExitCode == 0) return ([], null);
        var refused = new List<Diagnostic>();
        string? notJudged = null;
        foreach (var message in Messages(result.Error))
        {
            if (message.Contains("namespaces \"", StringComparison.Ordinal) && message.EndsWith("not found", StringComparison.Ordinal)) notJudged = message;
            else refused.Add(IsConnection(message) ? Failure(message) : Refusal(root, message));
        }

        return (refused, notJudged);
    }

    private ProcessCommand Command(IReadOnlyList<string> arguments, string? input) =>
        new("kubectl", context is null ? arguments : ["--context", context, .. arguments]) { Input = input };

    // A message goes on over lines that begin with "* ".
    private static List<string> Messages(string error)
    {
        var messages = new List<string>();
        foreach (var line in error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("Warning:", StringComparison.Ordinal)) continue;
            if (line.StartsWith("* ", StringComparison.Ordinal) && messages.Count > 0) messages[^1] = $"{messages[^1]} {line[2..]}";
            else messages.Add(line);
        }

        return messages;
    }

    private static bool IsConnection(string message) =>
        message.StartsWith("Unable to connect", StringComparison.Ordinal) || message.StartsWith("The connection to the server", StringComparison.Ordinal)
        || message.Contains("You must be logged in", StringComparison.Ordinal) || message.Contains("does not exist in the kubeconfig", StringComparison.Ordinal)
        || message.StartsWith("error: context ", StringComparison.Ordinal);

    private static Diagnostic Failure(string message) => new()
    {
        Code = Codes.ServerFailed,
        Summary = "the cluster cannot be asked",
        Detail = message.Trim(),
        Fix = "check 'kubectl config current-context' and 'kubectl get namespaces'",
    };

    // Messages name the object ('The Deployment "web" is invalid: spec.replicas: ...') and mostly the field.
    private static Diagnostic Refusal(BuiltRoot root, string message)
    {
        var item = root.Objects
            .Where(candidate => message.Contains($"\"{candidate.Name}\"", StringComparison.Ordinal) || message.Contains($"/{candidate.Name};", StringComparison.Ordinal))
            .OrderByDescending(candidate => message.Contains(candidate.Kind, StringComparison.Ordinal))
            .FirstOrDefault();
        var file = root.Reach.Root.File.Path;
        var source = item?.Origin;
        var position = source?.Path.Locate(source.Node);
        return new Diagnostic
        {
            Code = Codes.Refused,
            Summary = item is null ? "the cluster refuses an object" : $"the cluster refuses {item}",
            Detail = message,
            Place = source is null ? new SourcePlace(file, 1, 1) : new SourcePlace(source.File.Path, position?.Line, position?.Column),
            Fix = "correct what the message names",
        };
    }
}
