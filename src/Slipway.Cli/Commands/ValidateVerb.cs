using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Validation;
using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Schemas;
using Slipway.Kubernetes.Validation;

namespace Slipway.Cli.Commands;

/// <summary><c>slipway validate</c>.</summary>
internal sealed class ValidateVerb : Verb
{
    public ValidateVerb(Surroundings surroundings)
        : base(
            "validate",
            "Climb the verification ladder on a directory of manifests, ours or not",
            surroundings,
            "validate out/k8s-manifests",
            "validate deploy/ --kubernetes-version 1.36 --crds crds/ -o sarif > findings.sarif",
            "validate out/k8s-manifests --server --context staging")
    {
        var directory = new Argument<string>("dir") { Description = "The directory; default: the working directory", DefaultValueFactory = _ => "." };
        var version = new Option<string?>("--kubernetes-version")
        {
            Description = $"The Kubernetes version to check against, {KubernetesVersion.All[0]} to {KubernetesVersion.All[^1]}; default {KubernetesVersion.Default}",
            HelpName = "version",
        };
        version.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && KubernetesVersion.Parse(text) is null)
                result.AddError($"'{text}' is no known Kubernetes version: use {KubernetesVersion.All[0]} to {KubernetesVersion.All[^1]}");
        });
        var crds = new Option<string?>("--crds") { Description = "A directory of CustomResourceDefinitions for further kinds", HelpName = "dir" };
        var server = new Option<bool>("--server") { Description = "Ask the cluster: its own kinds, and a server-side dry run of every root" };
        var context = new Option<string?>("--context") { Description = "The kubeconfig context for --server; default: the current one", HelpName = "name" };
        var noBuild = new Option<bool>("--no-build") { Description = "Leave the build rung out" };
        var format = CommonOptions.Output(withSarif: true);
        Add(directory);
        Add(version);
        Add(crds);
        Add(server);
        Add(context);
        Add(noBuild);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, format);
            var shown = arguments.GetRequiredValue(directory);
            var full = Path.GetFullPath(shown, surroundings.Environment.WorkingDirectory);
            if (!surroundings.Files.DirectoryExists(full))
            {
                output.Tell([MissingDirectory(shown)]);
                return ExitCodes.Error;
            }

            var crdDirectory = arguments.GetValue(crds);
            if (crdDirectory is not null && !surroundings.Files.DirectoryExists(Path.GetFullPath(crdDirectory, surroundings.Environment.WorkingDirectory)))
            {
                output.Tell([MissingDirectory(crdDirectory)]);
                return ExitCodes.Error;
            }

            var report = await new ManifestValidator(surroundings.Files, surroundings.Processes, surroundings.Time).ValidateAsync(
                full,
                new ValidationOptions
                {
                    KubernetesVersion = KubernetesVersion.Parse(arguments.GetValue(version) ?? "") ?? KubernetesVersion.Default,
                    CrdDirectory = crdDirectory is null ? null : Path.GetFullPath(crdDirectory, surroundings.Environment.WorkingDirectory),
                    Server = arguments.GetValue(server),
                    KubeContext = arguments.GetValue(context),
                    Build = !arguments.GetValue(noBuild),
                },
                cancellationToken);
            output.Write(new ValidationView(report, shown));
            return report.Succeeded ? ExitCodes.Done : ExitCodes.Error;
        });
    }

    private Diagnostic MissingDirectory(string shown)
    {
        var isFile = Surroundings.Files.FileExists(Path.GetFullPath(shown, Surroundings.Environment.WorkingDirectory));
        return new Diagnostic
        {
            Code = "SLW1008",
            Summary = isFile ? "this is a file, not a directory" : "there is no such directory",
            Place = new SourcePlace(shown),
            Fix = isFile ? "name the directory it lies in" : "name a directory that exists",
        };
    }
}
