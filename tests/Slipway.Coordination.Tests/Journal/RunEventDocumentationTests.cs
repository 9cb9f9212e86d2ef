using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Slipway.Coordination.Journal;
using Slipway.Testing.Repository;

namespace Slipway.Coordination.Tests.Journal;

/// <summary>Holds the section "Run events" of docs/output-formats.md against what is written.</summary>
public sealed partial class RunEventDocumentationTests
{
    [Fact]
    public void Documentation_RunEvents_ListsEveryTypeWithItsFields()
    {
        var text = File.ReadAllText(RepositoryRoot.Combine("docs", "output-formats.md"));
        var section = text[text.IndexOf("## Run events", StringComparison.Ordinal)..];
        var end = section.IndexOf("\n## ", 1, StringComparison.Ordinal);
        var documented = Row().Matches(end < 0 ? section : section[..end])
            .Select(row => $"{row.Groups["type"].Value}: {string.Join(' ', Field().Matches(row.Groups["fields"].Value).Select(field => field.Groups["name"].Value))}");

        Assert.Equal(RunEventJsonTests.Samples.Select(sample => $"{sample.Type}: {string.Join(' ', Fields(sample))}"), documented);
    }

    [GeneratedRegex(@"^\| `(?<type>[a-z_]+)` \| (?<fields>[^|]*) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[a-z_]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();

    private static IEnumerable<string> Fields(RunEvent runEvent)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RunEventJson.Write(buffer, runEvent);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return [.. document.RootElement.EnumerateObject().Select(property => property.Name).Where(name => name != "type")];
    }
}
