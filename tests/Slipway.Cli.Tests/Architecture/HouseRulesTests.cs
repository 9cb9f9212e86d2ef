using System.Text.RegularExpressions;
using Slipway.Testing.Repository;

namespace Slipway.Cli.Tests.Architecture;

/// <summary>The habits of CONTRIBUTING.md that a compiler does not hold.</summary>
public sealed partial class HouseRulesTests
{
    [Fact]
    public void SourceFiles_All_HaveAtMost500Lines() =>
        Assert.DoesNotContain(RepositoryRoot.Sources("src"), file => File.ReadLines(file).Count() > 500);

    [Fact]
    public void TestFiles_All_HaveFewerThan600Lines() =>
        Assert.DoesNotContain(RepositoryRoot.Sources("tests"), file => File.ReadLines(file).Count() >= 600);

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void Namespaces_All_FollowFolders(string area)
    {
        var wrong = from file in RepositoryRoot.Sources(area)
                    let declared = Namespace().Match(File.ReadAllText(file))
                    where declared.Success
                    let folder = Path.GetDirectoryName(Path.GetRelativePath(RepositoryRoot.Combine(area), file))!
                    let expected = folder.Replace('/', '.').Replace('\\', '.')
                    where declared.Groups["name"].Value != expected
                    select $"{file}: {declared.Groups["name"].Value} instead of {expected}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void DiagnosticCodes_InSource_AreExactlyThoseDocumented()
    {
        var used = RepositoryRoot.Sources("src").SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Value));
        var documented = CodeHeading().Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "diagnostics.md")))
            .Select(match => match.Groups["code"].Value).ToList();

        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), documented.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(documented.Order(StringComparer.Ordinal), documented);
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bSLW[1-5]\d{3}\b", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^## (?<code>SLW\d{4}): ", RegexOptions.Multiline, 1000)]
    private static partial Regex CodeHeading();
}
