using Slipway.Actions;
using Slipway.Cli.Hosting;

namespace Slipway.Cli.Commands;

/// <summary><c>slipway generate</c>.</summary>
internal sealed class GenerateVerb : PlatformVerb
{
    public GenerateVerb(Surroundings surroundings)
        : base(
            "generate",
            "Write the repository k8s-manifests/ from the context, keeping what a person edited",
            surroundings,
            PlatformPhases.Generation,
            "generate examples/storefront",
            "generate --dry-run",
            "generate --check || echo 'the repository is not what would be generated'")
    {
        SetAction((arguments, cancellationToken) => RunAsync(arguments, PlatformPhases.Generation, cancellationToken));
    }
}
