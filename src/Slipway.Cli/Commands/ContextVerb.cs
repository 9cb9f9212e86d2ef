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
            "context examples/storefront",
            "context --terraform ../infra/terraform.tfstate",
            "context --allow-unknown")
    {
        SetAction((arguments, cancellationToken) => RunAsync(arguments, PlatformPhases.Context, cancellationToken));
    }
}
