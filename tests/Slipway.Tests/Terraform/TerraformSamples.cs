using Slipway.Coordination.Diagnostics;
using Slipway.Terraform;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Terraform;

/// <summary>Reads texts as Terraform sources.</summary>
internal static class TerraformSamples
{
    public const string File = "outputs.json";

    public static async Task<(TerraformOutputs? Outputs, List<Diagnostic> Problems)> ReadAsync(byte[] content)
    {
        var files = new InMemoryFileSystem().Add($"/home/user/{File}", content);
        var problems = new List<Diagnostic>();
        var outputs = await new TerraformReader(files, new ScriptedProcessRunner()).ReadAsync(new TerraformSource.File(File), "/home/user", problems);
        return (outputs, problems);
    }

    public static Task<(TerraformOutputs? Outputs, List<Diagnostic> Problems)> ReadAsync(string content) =>
        ReadAsync(System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>The outputs of a text that is right.</summary>
    public static async Task<TerraformOutputs> OutputsAsync(string content)
    {
        var (outputs, problems) = await ReadAsync(content);
        Assert.Empty(problems);
        return outputs!;
    }
}
