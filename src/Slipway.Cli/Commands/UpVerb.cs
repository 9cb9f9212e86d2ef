using Slipway.Actions;
using Slipway.Cli.Hosting;

namespace Slipway.Cli.Commands;

/// <summary><c>slipway up</c>.</summary>
internal sealed class UpVerb : PlatformVerb
{
    public UpVerb(Surroundings surroundings)
        : base(
            "up",
            "Context, generation and verification as one run",
            surroundings,
            PlatformPhases.All,
            "up examples/storefront",
            "up . --out build --check")
    {
        SetAction((arguments, cancellationToken) => RunAsync(arguments, PlatformPhases.All, cancellationToken));
    }
}
