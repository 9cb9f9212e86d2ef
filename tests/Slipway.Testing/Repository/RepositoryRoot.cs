namespace Slipway.Testing.Repository;

/// <summary>Finds this repository's own files, for tests that hold the code against the documents.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder with the solution file.</summary>
    public static string Path { get; } = Find();

    /// <summary>A path inside the repository.</summary>
    public static string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>The reference data beside the checkout, or null where it is missing.</summary>
    public static string? Shared(params string[] parts)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine([Path, "..", "shared", .. parts]));
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    /// <summary>The C# files below a folder of the repository, without build output.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Combine(folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split('/', '\\').Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(at.FullName, "Slipway.slnx"))) return at.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
