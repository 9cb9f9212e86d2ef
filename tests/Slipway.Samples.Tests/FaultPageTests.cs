using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.Testing.Repository;

namespace Slipway.Samples.Tests;

/// <summary>The page of the original library's faults names tests that there are, and all fault tests there are.</summary>
public sealed partial class FaultPageTests
{
    private static readonly List<string[]> Rows =
    [
        .. File.ReadAllLines(RepositoryRoot.Combine("docs", "migration-faults.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| fault", StringComparison.Ordinal))
            .Select(line => line.Split(" | ", StringSplitOptions.TrimEntries)),
    ];

    private static readonly HashSet<string> Named = [.. Rows.SelectMany(row => Tests().Matches(row[^1]).Select(test => test.Groups["name"].Value))];

    [Fact]
    public void Page_AllSixteenFaults_AreThereWithTheirMendingAndATest()
    {
        Assert.Equal(Enumerable.Range(1, 16), Rows.Select(row => int.Parse(row[0].Trim('|', ' '), CultureInfo.InvariantCulture)).Distinct());
        Assert.All(Rows, row =>
        {
            Assert.Equal(4, row.Length);
            Assert.All(row, cell => Assert.NotEmpty(cell.Trim('|', ' ')));
            Assert.True(Tests().IsMatch(row[3]), $"no test is named: {row[1]}");
        });
    }

    [Fact]
    public void Page_EveryTestNamed_IsATest()
    {
        var tests = Methods(RepositoryRoot.Combine("tests"), "*.cs");

        Assert.True(Named.Count > 60, $"only {Named.Count} names were found");
        Assert.DoesNotContain(Named, name => !tests.Contains(name));
    }

    [Fact]
    public void Page_EveryFaultTest_IsNamed() =>
        Assert.DoesNotContain(Methods(RepositoryRoot.Combine("tests", "Slipway.Coordination.Tests"), "*FaultTests.cs"), name => !Named.Contains(name));

    private static HashSet<string> Methods(string directory, string pattern) =>
        [.. Directory.GetFiles(directory, pattern, SearchOption.AllDirectories).SelectMany(file => TestMethods().Matches(File.ReadAllText(file)).Select(method => method.Groups["name"].Value))];

    [GeneratedRegex(@"`(?<name>\w+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tests();

    [GeneratedRegex(@"\[(Fact|Theory)[\s\S]{0,4000}?public (async )?(Task|void) (?<name>\w+_\w+)\(", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TestMethods();
}
