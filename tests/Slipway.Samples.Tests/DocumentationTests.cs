using System.Text.RegularExpressions;
using Slipway.Testing.Repository;

namespace Slipway.Samples.Tests;

/// <summary>What the pages show is what compiles: their C# stands in the samples, their names in the library.</summary>
public sealed partial class DocumentationTests
{
    private static readonly Dictionary<string, HashSet<string>> Library = ReadLibrary();

    public static TheoryData<string> PagesWithCode =>
        [.. Directory.GetFiles(RepositoryRoot.Combine("docs", "concepts"), "*.md").Where(file => CodeBlocks().IsMatch(File.ReadAllText(file))).Select(file => $"docs/concepts/{Path.GetFileName(file)}")];

    /// <summary>What stands in a sample, or in a page's file here, compiles.</summary>
    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void Page_ItsCode_StandsInASampleOrCompilesHere(string page)
    {
        string[] files = [.. Directory.GetFiles(RepositoryRoot.Combine("samples"), "*.cs"), .. Directory.GetFiles(RepositoryRoot.Combine("tests", "Slipway.Samples.Tests", "Pages"), "*.cs")];
        var compiled = files.Select(file => Flat(File.ReadAllText(file))).ToList();

        var blocks = CodeBlocks().Matches(Read(page)).Select(block => Flat(Usings().Replace(block.Groups["code"].Value, ""))).ToList();

        Assert.All(blocks, block => Assert.True(compiled.Exists(code => code.Contains(block, StringComparison.Ordinal)), $"{page} shows what is compiled nowhere: {block}"));
    }

    [Fact]
    public async Task Page_ItsCode_Runs()
    {
        await Pages.AgentsPage.Run1Async();
        await Pages.AgentsPage.Run2Async();
        await Pages.ContextsPage.RunAsync();
        await Pages.DependenciesPage.RunAsync();
        await Pages.RoutingPage.RunAsync();
        await Pages.SignalsPage.RunAsync();
        await Pages.StatePage.RunAsync();
    }

    [Fact]
    public void Migration_EveryNameOfOurs_IsInTheLibrary()
    {
        var rows = Read("docs/migration.md").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| there", StringComparison.Ordinal)).ToList();
        var names = rows.SelectMany(row => Names().Matches(row.Split('|')[2]).Select(name => name.Groups["name"].Value)).ToList();

        Assert.True(names.Count > 90, $"only {names.Count} names were found");
        Assert.DoesNotContain(names, name => !IsKnown(name));
    }

    [Fact]
    public void Api_EveryType_IsInTheLibrary()
    {
        var names = Names().Matches(Read("docs/api.md")).Select(name => name.Groups["name"].Value).ToList();

        Assert.DoesNotContain(names, name => !IsKnown(name) && !Library.Keys.Any(type => type.Contains($".{name}.", StringComparison.Ordinal)) && !IsFromElsewhere(name));
    }

    [Theory]
    [InlineData("docs/concepts/README.md")]
    [InlineData("docs/concepts/runs.md")]
    [InlineData("docs/concepts/hosting.md")]
    [InlineData("docs/concepts/workflows.md")]
    [InlineData("docs/migration-faults.md")]
    [InlineData("docs/api.md")]
    [InlineData("docs/migration.md")]
    [InlineData("docs/troubleshooting.md")]
    public void Page_ItsLinks_LeadSomewhere(string page)
    {
        var directory = Path.GetDirectoryName(RepositoryRoot.Combine(page.Split('/')))!;

        var links = Links().Matches(Read(page)).Select(link => link.Groups["target"].Value).ToList();

        Assert.DoesNotContain(links, link => !Path.Exists(Path.Combine(directory, link)));
    }

    private static bool IsKnown(string name)
    {
        var parts = name.Split('.');
        return Library.Any(type => type.Key.EndsWith($".{parts[0]}", StringComparison.Ordinal) && (parts.Length == 1 || type.Value.Contains(parts[1])));
    }

    /// <summary>A package, or an exception of the framework.</summary>
    private static bool IsFromElsewhere(string name) => name.StartsWith("Slipway.", StringComparison.Ordinal) || name is "ArgumentException" or "InvalidOperationException";

    private static string Read(string page) => File.ReadAllText(RepositoryRoot.Combine(page.Split('/')));

    private static string Flat(string code) => Spaces().Replace(code, " ").Trim();

    /// <summary>The members of each type, by its full name, from the reviewed surface.</summary>
    private static Dictionary<string, HashSet<string>> ReadLibrary()
    {
        var library = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        HashSet<string> members = [];
        foreach (var line in Read("src/Slipway.Coordination/PublicAPI.txt").Split('\n'))
        {
            if (TypeLines().Match(line) is { Success: true } type) library[type.Groups["name"].Value] = members = [];
            else members.UnionWith(Words().Matches(line).Select(word => word.Value));
        }

        return library;
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"^using [\w.]+;$", RegexOptions.Multiline, 1000)]
    private static partial Regex Usings();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(\.[A-Z]\w+)?)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Links();

    [GeneratedRegex(@"^\S.* (?<name>Slipway\.Coordination\.[\w.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeLines();

    [GeneratedRegex(@"\w+", RegexOptions.None, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
