using System.CommandLine;
using Slipway.Actions;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;
using Slipway.Cli.Views.Platform;
using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Generation.Explain;

namespace Slipway.Cli.Commands;

/// <summary><c>slipway explain</c>.</summary>
internal sealed class ExplainVerb : Verb
{
    public ExplainVerb(Surroundings surroundings)
        : base(
            "explain",
            "Name the source of each value of a generated file",
            surroundings,
            "explain out/k8s-manifests/base/configmaps/database-config.yaml:data.DB_PORT",
            "explain base/deployments/frontend/web-ui.yaml:31 --dir examples/storefront",
            "explain base/hpa/hpa.yaml:HorizontalPodAutoscaler/web-ui:spec.maxReplicas -o json")
    {
        var target = new Argument<string>("file")
        {
            Description = "The file; behind a colon a line, a path, or Kind/name and a path",
        };
        var directory = new Option<string?>("--dir", "-C")
        {
            Description = "The platform's folder; default: the one that the file lies in, or the working directory",
            HelpName = "dir",
            DefaultValueFactory = _ => surroundings.Environment.GetVariable("SLIPWAY_DIR"),
        };
        var folder = CommonOptions.Out(surroundings);
        var format = CommonOptions.Output();
        Add(target);
        Add(directory);
        Add(folder);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, format);
            var asked = arguments.GetRequiredValue(target);
            var working = surroundings.Environment.WorkingDirectory;
            var problems = new List<Diagnostic>();
            var platform = await new PlatformPreparation(surroundings.Files, surroundings.Processes).PrepareAsync(
                new PlatformOptions
                {
                    Directory = FindPlatform(arguments.GetValue(directory), asked),
                    Out = arguments.GetValue(folder) is { } given ? Path.GetFullPath(given, working) : null,
                    Templates = surroundings.Environment.GetVariable("SLIPWAY_TEMPLATES") is { } templates ? Path.GetFullPath(templates, working) : null,
                    Phases = PlatformPhases.Generation,
                },
                problems,
                cancellationToken);
            if (platform?.Session is not { } session)
            {
                output.Tell(problems);
                return ExitCodes.Error;
            }

            var explanation = ExplainAction.Run(session, surroundings.Files, platform.Paths.Manifests, BelowRoot(asked, platform.Paths.Manifests));
            output.Tell(explanation.Problems);
            output.Write(new ExplanationView(explanation));
            return explanation.Problems.Any(problem => problem.Severity == Severity.Error) ? ExitCodes.Error : ExitCodes.Done;
        });
    }

    private static (string File, string Inside) Split(string asked) =>
        asked.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? (asked[..colon], asked[colon..]) : (asked, "");

    // The platform is the nearest folder above the file that has a slipway.yaml.
    private string FindPlatform(string? given, string asked)
    {
        var working = Surroundings.Environment.WorkingDirectory;
        if (given is not null) return Path.GetFullPath(given, working);
        var file = Path.GetFullPath(Split(asked).File, working);
        for (var at = Path.GetDirectoryName(file); at is not null; at = Path.GetDirectoryName(at))
        {
            if (Surroundings.Files.FileExists(Path.Combine(at, PlatformPaths.ConfigurationName))) return at;
        }

        return working;
    }

    private string BelowRoot(string asked, string root)
    {
        var (file, inside) = Split(asked);
        var full = Path.GetFullPath(file, Surroundings.Environment.WorkingDirectory);
        return full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? Path.GetRelativePath(root, full).Replace('\\', '/') + inside : asked;
    }
}
