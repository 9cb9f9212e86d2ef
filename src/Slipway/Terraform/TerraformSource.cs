namespace Slipway.Terraform;

/// <summary>Where Terraform's outputs are read from. A closed set.</summary>
/// <param name="Path">As the user named it; the label in messages and mappings.</param>
public abstract record TerraformSource(string Path)
{
    /// <summary>A directory in which <c>terraform output -json</c> is run.</summary>
    /// <param name="Path">The root module's directory.</param>
    /// <param name="Workspace">The Terraform workspace, or null for the selected one.</param>
    public sealed record Directory(string Path, string? Workspace = null) : TerraformSource(Path);

    /// <summary>A file: the output of <c>terraform output -json</c> or <c>terraform show -json</c>, a plain JSON object, or a state of version 4.</summary>
    /// <param name="Path">The file.</param>
    public sealed record File(string Path) : TerraformSource(Path);
}
