using Slipway.Actions;
using Slipway.Cli.Hosting;

namespace Slipway.Cli.Commands;

/// <summary><c>slipway context</c>.</summary>
internal sealed class ContextVerb : PlatformVerb
{
    public ContextVerb(Surroundings surroundings)
        : base(
            "context",
            "Collect Terraform outputs into the four files of k8s-context/",
            surroundings,
            PlatformPhases.Context,
            "context --dir examples/storefront",
            "context --allow-unknown")
    {
        var directory = CommonOptions.Directory(surroundings);
        Add(directory);
        Add(Format);
        SetAction((arguments, cancellationToken) => RunAsync(arguments, arguments.GetRequiredValue(directory), PlatformPhases.Context, cancellationToken));
    }
}
