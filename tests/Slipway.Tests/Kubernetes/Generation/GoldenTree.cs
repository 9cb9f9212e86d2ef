using Slipway.Testing.Repository;

namespace Slipway.Tests.Kubernetes.Generation;

/// <summary>Compares generated files with <c>Golden/&lt;case&gt;/expected</c>; <c>SLIPWAY_UPDATE_GOLDEN=1</c> rewrites that folder instead.</summary>
internal static class GoldenTree
{
    public static void Matches(string name, IReadOnlyDictionary<string, string> actual)
    {
        var folder = RepositoryRoot.Combine("tests", "Slipway.Tests", "Golden", name, "expected");
        if (Environment.GetEnvironmentVariable("SLIPWAY_UPDATE_GOLDEN") == "1") Rewrite(folder, actual);

        var expected = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, text) in expected) Assert.Equal($"{path}\n{text}", $"{path}\n{actual[path]}");
    }

    private static void Rewrite(string folder, IReadOnlyDictionary<string, string> actual)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var (path, text) in actual)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }
}
