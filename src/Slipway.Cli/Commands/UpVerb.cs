using System.CommandLine;
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
        var directory = new Argument<string>("dir")
        {
            Description = "The platform's folder, the one with slipway.yaml; default: the working directory",
            DefaultValueFactory = _ => surroundings.Environment.GetVariable("SLIPWAY_DIR") ?? ".",
        };
        Add(directory);
        Add(Format);
        SetAction((arguments, cancellationToken) => RunAsync(arguments, arguments.GetRequiredValue(directory), PlatformPhases.All, cancellationToken));
    }
}
