using System.Xml.Linq;
using Slipway.Testing.Repository;

namespace Slipway.Cli.Tests.Architecture;

/// <summary>References run downwards only (docs/architecture.md).</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Slipway.Coordination"] = [],
        ["Slipway.Storage"] = ["Slipway.Coordination"],
        ["Slipway.Telemetry"] = ["Slipway.Coordination"],
        ["Slipway"] = ["Slipway.Coordination"],
        ["Slipway.Cli"] = ["Slipway", "Slipway.Storage"],
    };

    private static readonly string[] CoordinationPackages = ["Microsoft.Extensions.Logging.Abstractions"];

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Fact]
    public void Projects_InSource_AreAllKnown() =>
        Assert.Equal(Allowed.Keys.Order(), Directory.GetDirectories(RepositoryRoot.Combine("src")).Select(Path.GetFileName).Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfProject_RunDownwards(string project)
    {
        var references = Items(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Equal(Allowed[project].Order(), references.Order());
    }

    [Fact]
    public void PackageReferences_OfCoordination_AreAbstractionsOnly() =>
        Assert.Equal(CoordinationPackages, Items("Slipway.Coordination", "PackageReference"));

    [Theory]
    [InlineData("Kubernetes")]
    [InlineData("Yaml")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("HttpClient")]
    public void Coordination_Never_SpeaksOfInfrastructure(string word)
    {
        var files = RepositoryRoot.Sources("src/Slipway.Coordination")
            .Where(file => File.ReadAllText(file).Contains(word, StringComparison.OrdinalIgnoreCase));

        Assert.Empty(files);
    }

    [Fact]
    public void Library_Never_Prints()
    {
        var files = RepositoryRoot.Sources("src")
            .Where(file => !file.Contains("Slipway.Cli", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(file).Contains("Console.", StringComparison.Ordinal));

        Assert.Empty(files);
    }

    private static IEnumerable<string> Items(string project, string name) =>
        XDocument.Load(RepositoryRoot.Combine("src", project, $"{project}.csproj"))
            .Descendants(name)
            .Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));
}
