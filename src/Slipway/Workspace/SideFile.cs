namespace Slipway.Workspace;

/// <summary>Where new text goes that could not be put into a person's file.</summary>
public static class SideFile
{
    /// <summary>What is added to the file's name. No tool reads files that end so as manifests.</summary>
    public const string Suffix = ".slipway-new";

    /// <summary>The side file of a file.</summary>
    public static string Of(string path) => path + Suffix;
}
