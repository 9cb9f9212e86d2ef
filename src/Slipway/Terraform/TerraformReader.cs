using System.Security.Cryptography;
using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Workspace;

namespace Slipway.Terraform;

/// <summary>
/// Reads outputs from a directory (<c>terraform output -json</c>), from a file of that output or of <c>terraform show -json</c>, from a
/// plain JSON object, or from a state of version 4. Files over 64 MiB and JSON deeper than 100 levels are refused.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="processes">Runs Terraform.</param>
public sealed class TerraformReader(IFileSystem files, IProcessRunner processes)
{
    /// <summary>Reads one source.</summary>
    /// <param name="source">What to read.</param>
    /// <param name="directory">The directory that the source's path is relative to.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <param name="cancellationToken">Stops Terraform.</param>
    /// <returns>The outputs, or null with an error among the problems.</returns>
    public async Task<TerraformOutputs?> ReadAsync(
        TerraformSource source, string directory, ICollection<Diagnostic> problems, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(directory, source.Path);
        var command = new TerraformCommand(processes);
        byte[]? json;
        switch (source)
        {
            case TerraformSource.Directory terraform when !files.DirectoryExists(path):
                problems.Add(TerraformDiagnostics.NoSuchSource(terraform.Path, "directory"));
                return null;
            case TerraformSource.Directory terraform:
                var output = await command.RunAsync(terraform, path, problems, cancellationToken);
                json = output is null ? null : TerraformFile.ToUtf8(Encoding.UTF8.GetBytes(output), terraform.Path, problems);
                break;
            default:
                json = TerraformFile.Read(files, path, source.Path, problems);
                break;
        }

        return json is null ? null : Parse(json, source, command.Program, problems);
    }

    private static TerraformOutputs? Parse(byte[] json, TerraformSource source, string program, ICollection<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        var document = TerraformDocument.Scan(json, source.Path, source is TerraformSource.File, found);
        var outputs = document is null ? null : TerraformShapes.Read(document, found);
        if (outputs is { Count: 0 }) found.Add(TerraformDiagnostics.NoOutputs(source.Path, program));
        foreach (var problem in found) problems.Add(problem);
        return outputs is null || found.Count > 0
            ? null
            : new TerraformOutputs(source.Path, Convert.ToHexStringLower(SHA256.HashData(json)), outputs);
    }
}
