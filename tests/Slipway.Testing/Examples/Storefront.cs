using Slipway.Testing.Repository;

namespace Slipway.Testing.Examples;

/// <summary>The example platform, copied for a test of its own.</summary>
public static class Storefront
{
    /// <summary>Copies the example without what earlier runs left in it.</summary>
    public static void CopyTo(string target)
    {
        var source = RepositoryRoot.Combine("examples", "storefront");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split('/', '\\').Any(part => part is "out" or ".slipway" or ".terraform")) continue;
            var copy = Path.Combine(target, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
