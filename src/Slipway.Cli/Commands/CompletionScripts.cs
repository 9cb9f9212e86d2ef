namespace Slipway.Cli.Commands;

/// <summary>The completion scripts. Each asks slipway itself for candidates, so that nothing else need be installed.</summary>
internal static class CompletionScripts
{
    private const string Bash = """
        _slipway() {
          local word="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _slipway slipway

        """;

    private const string Zsh = """
        #compdef slipway
        _slipway() {
          local -a candidates
          candidates=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a candidates
          _files
        }
        compdef _slipway slipway

        """;

    private const string Fish = """
        complete -f -c slipway -a '(slipway "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName slipway -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          slipway "[suggest:$cursorPosition]" "$commandAst" 2>$null | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }

        """;

    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of one of <see cref="Shells"/>.</summary>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => PowerShell,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "unknown shell"),
    };
}
