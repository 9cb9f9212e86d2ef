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
            "generate --dir examples/storefront",
            "generate --dry-run",
            "generate --check || echo 'the repository is not what would be generated'")
    {
        var directory = CommonOptions.Directory(surroundings);
        Add(directory);
        Add(Format);
        SetAction((arguments, cancellationToken) => RunAsync(arguments, arguments.GetRequiredValue(directory), PlatformPhases.Generation, cancellationToken));
    }
}
