using System.CommandLine;
using System.CommandLine.Help;
using Slipway.Cli.Commands.Approvals;
using Slipway.Cli.Commands.Locks;
using Slipway.Cli.Commands.Runs;
using Slipway.Cli.Commands.Templates;
using Slipway.Cli.Hosting;

namespace Slipway.Cli.Commands;

/// <summary>The root of the command line.</summary>
internal static class RootVerb
{
    private static readonly string[] Examples =
    [
        "up examples/storefront",
        "validate k8s-manifests",
        "explain out/k8s-manifests/base/configmaps/database-config.yaml:data.DB_PORT",
    ];

    public static RootCommand Create(Surroundings surroundings)
    {
        var root = new RootCommand("Takes a platform from Terraform outputs to a verified Kubernetes repository.")
        {
            CommonOptions.NoColor(),
            CommonOptions.Quiet(),
            CommonOptions.Verbose(),
        };
        Verb[] verbs =
        [
            new UpVerb(surroundings),
            new ContextVerb(surroundings),
            new GenerateVerb(surroundings),
            new ValidateVerb(surroundings),
            new ExplainVerb(surroundings),
            new TemplatesVerb(surroundings),
            new RunsVerb(surroundings),
            new ApprovalsVerb(surroundings),
            new LocksVerb(surroundings),
            new BenchVerb(surroundings),
            new BenchChainVerb(surroundings),
            new InitVerb(surroundings),
            new CompletionVerb(surroundings),
        ];
        foreach (var verb in verbs) root.Add(verb);

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesFirst((HelpAction)help.Action!, Examples);
        return root;
    }
}
