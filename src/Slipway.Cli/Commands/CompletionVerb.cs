using System.CommandLine;
using Slipway.Cli.Hosting;

namespace Slipway.Cli.Commands;

/// <summary><c>slipway completion</c>: prints a script that a shell sources.</summary>
internal sealed class CompletionVerb : Verb
{
    public CompletionVerb(Surroundings surroundings)
        : base(
            "completion",
            "Print the completion script of a shell",
            surroundings,
            "completion bash > /etc/bash_completion.d/slipway",
            "completion zsh > \"${fpath[1]}/_slipway\"")
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        Add(shell);
        SetAction(arguments => surroundings.Out.Write(CompletionScripts.For(arguments.GetRequiredValue(shell))));
    }
}
