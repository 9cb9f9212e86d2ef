using Slipway.Coordination.Diagnostics;
using Slipway.Workspace;

namespace Slipway.Terraform;

/// <summary>Runs <c>terraform output -json</c>, or <c>tofu</c> where Terraform is not installed.</summary>
internal sealed class TerraformCommand(IProcessRunner processes)
{
    private static readonly string[] NotInitialised =
    [
        "terraform init", "tofu init", "Backend initialization required", "Required plugins are not installed", "Initialization required",
    ];

    /// <summary>The program that runs.</summary>
    public string Program { get; } = processes.Find("terraform") is null && processes.Find("tofu") is not null ? "tofu" : "terraform";

    /// <summary>Runs in a directory.</summary>
    /// <returns>The JSON, or null with a problem.</returns>
    public async Task<string?> RunAsync(
        TerraformSource.Directory source, string directory, ICollection<Diagnostic> problems, CancellationToken cancellationToken)
    {
        // CHECKPOINT_DISABLE: reading outputs needs no network beyond the backend's.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CHECKPOINT_DISABLE"] = "1",
            ["TF_IN_AUTOMATION"] = "1",
            ["TF_INPUT"] = "0",
        };
        if (source.Workspace is { } workspace) environment["TF_WORKSPACE"] = workspace;
        try
        {
            var command = new ProcessCommand(Program, ["output", "-json", "-no-color"]) { WorkingDirectory = directory, Environment = environment };
            var result = await processes.RunAsync(command, cancellationToken);
            if (result.ExitCode == 0) return result.Output;
            problems.Add(Array.Exists(NotInitialised, text => result.Error.Contains(text, StringComparison.OrdinalIgnoreCase))
                ? TerraformDiagnostics.NotInitialised(source.Path)
                : TerraformDiagnostics.CommandFailed(source.Path, Program, result.ExitCode, result.Error));
        }
        catch (ProgramNotFoundException)
        {
            problems.Add(TerraformDiagnostics.ProgramMissing(source.Path));
        }

        return null;
    }
}
