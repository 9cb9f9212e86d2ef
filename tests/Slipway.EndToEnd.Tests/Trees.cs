namespace Slipway.EndToEnd.Tests;

/// <summary>Reads trees of files to be compared.</summary>
internal static class Trees
{
    /// <summary>The text of each file by its path; locks are left out.</summary>
    public static SortedDictionary<string, string> Read(string root)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(root, file);
            if (!Path.GetFileName(path).StartsWith("lock", StringComparison.Ordinal)) files[path] = File.ReadAllText(file);
        }

        return files;
    }
}
