using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Platform;

namespace Slipway.Tests.Documents.Reading;

public sealed class MappingReaderTests
{
    private static readonly FieldSet Fields = new("thing", "name", "port", "enabled", "items", "inner", "free");
    private static readonly FieldSet Inner = new("inner thing", "a");
    private static readonly ReadCodes Codes = new("unknown", "missing", "type", "value");

    private readonly List<Diagnostic> _problems = [];

    [Fact]
    public void Constructor_UnknownField_NamesTheNearestWithItsPlace()
    {
        Read("name: a\n  \nprot: 1\n");

        var problem = Assert.Single(_problems);
        Assert.Equal("unknown", problem.Code);
        Assert.Equal("f.yaml:3:1 (prot)", problem.Place!.ToString());
        Assert.Equal("did you mean 'port'?", problem.Fix);
    }

    [Theory]
    [InlineData("name: no", "no")]
    [InlineData("name: 0o7", "0o7")]
    [InlineData("name: 1e3", "1e3")]
    [InlineData("name: 2026-01-02", "2026-01-02")]
    [InlineData("name: \"\"", "")]
    public void Text_PlainScalar_IsTheTextAsWritten(string yaml, string expected)
    {
        var text = Read(yaml).Text("name");

        Assert.Equal(expected, text!.Content);
        Assert.Equal(ProvenanceKind.Inventory, text.Source.Kind);
        Assert.Equal("name", text.Source.Origin);
        Assert.Empty(_problems);
    }

    [Fact]
    public void Text_UnknownMarker_IsUnknown()
    {
        var reader = Read($"name: {UnknownMarker.For("database.endpoint")}\nport: {UnknownMarker.For("database.port")}");

        Assert.Equal("database.endpoint", reader.Text("name", _ => "is refused")!.UnknownName);
        Assert.Equal("database.port", reader.Integer("port", 1)!.UnknownName);
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("port: \"80\"", "type", "remove the quotes")]
    [InlineData("port: eighty", "type", "write a number from 1 to 65535")]
    [InlineData("port: 080", "type", "write a number from 1 to 65535")]
    [InlineData("port: 0777", "type", "write the number in decimal, without leading zero")]
    [InlineData("port: 70000", "value", "write a number from 1 to 65535")]
    [InlineData("port: 99999999999999999999999", "value", "write a number from 1 to 65535")]
    [InlineData("port: [1]", "type", "write a number from 1 to 65535")]
    public void Integer_NotOneInRange_IsRefused(string yaml, string code, string fix)
    {
        Assert.Null(Read(yaml).Integer("port", 1, 65535));

        var problem = Assert.Single(_problems);
        Assert.Equal((code, fix), (problem.Code, problem.Fix));
    }

    [Fact]
    public void Everything_Wrong_IsReportedAtOnce()
    {
        var reader = Read("port: x\nenabled: 'yes'\nitems: {a: 1}\ninner: [1]\nfree: 3\nextra: 1\n");
        reader.RequiredText("name");
        reader.Integer("port", 1);
        reader.Boolean("enabled");
        reader.Texts("items");
        reader.Mapping("inner", Inner);
        reader.Entries("free");

        Assert.Equal(7, _problems.Count);
        Assert.All(_problems, problem => Assert.NotNull(problem.Place!.Line));
        Assert.All(_problems, problem => Assert.NotNull(problem.Fix));
    }

    [Fact]
    public void Entries_FreeKeys_KeepOrderAndPlace()
    {
        var entries = Read("free:\n  B: 1\n  A: null\n").Entries("free");

        Assert.Equal(["B", "A"], entries.Select(entry => entry.Key));
        Assert.Equal("f.yaml:3:3 (free.A)", entries[1].KeyPlace.ToString());
    }

    [Fact]
    public void Get_UndeclaredField_Throws() => Assert.Throws<ArgumentException>(() => Read("name: a").Get("nmae"));

    private MappingReader Read(string yaml)
    {
        var node = Assert.IsType<MappingNode>(DocumentReader.ReadSingle(yaml, "f.yaml", _problems));
        return new MappingReader(new ReadScope("f.yaml", ProvenanceKind.Inventory, Codes, _problems), node, "", Fields);
    }
}
