using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using YamlDotNet.RepresentationModel;

namespace Slipway.Tests.Documents;

public sealed class DocumentWriterTests
{
    public static TheoryData<string> FixedTexts => [.. NastyText.Fixed];

    [Theory]
    [MemberData(nameof(FixedTexts))]
    public void Write_FixedText_ArrivesAsThatText(string text) => AssertArrives(text);

    [Fact]
    public void Write_AnyText_ArrivesAsThatText() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(2026, 1121), Prop.ForAll(NastyText.Arbitrary, AssertArrives));

    [Fact]
    public void Write_AnyTree_ReadsBackTheSame() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(40).WithReplay(2026, 1121), Prop.ForAll(Trees(4).ToArbitrary(), tree =>
        {
            var yaml = DocumentWriter.Write(tree);

            Assert.Equal(Show(tree), Show(ReadBack(yaml)));
            Assert.Equal(yaml, DocumentWriter.Write(ReadBack(yaml)));
        }));

    [Theory]
    [InlineData("2001-12-14T21:59:43Z")]
    [InlineData("2001-12-14 21:59:43")]
    [InlineData("2026-11-21")]
    [InlineData("12:30:45")]
    [InlineData("0o17")]
    [InlineData("0777")]
    [InlineData("1e3")]
    [InlineData("no")]
    [InlineData("Off")]
    [InlineData("~")]
    [InlineData("123456789012")]
    public void Write_TextThatSomeReaderTakesForAnotherType_IsQuoted(string text) => Assert.Equal($"a: \"{text}\"\n", DocumentWriter.Write(new MappingNode().Add("a", text)));

    [Theory]
    [InlineData("http://auth-service:8002")]
    [InlineData("10.0.0.0/16")]
    [InlineData("arn:aws:iam::123456789012:role/shop")]
    [InlineData("100m")]
    [InlineData("128Mi")]
    [InlineData("/health")]
    [InlineData("info")]
    [InlineData("a b c")]
    public void Write_HarmlessText_StandsPlain(string text) => Assert.Equal($"a: {text}\n", DocumentWriter.Write(new MappingNode().Add("a", text)));

    [Theory]
    [InlineData("a\nb\n", "a: |\n  a\n  b\n")]
    [InlineData("a\nb", "a: |-\n  a\n  b\n")]
    [InlineData("a\n\n\n", "a: |+\n  a\n\n\n")]
    public void Write_Lines_StandAsLiteralBlock(string text, string expected) => Assert.Equal(expected, DocumentWriter.Write(new MappingNode().Add("a", text)));

    [Fact]
    public void Write_TypedScalars_KeepTheirTypes()
    {
        var yaml = DocumentWriter.Write(new MappingNode().Add("a", ScalarNode.Of(3)).Add("b", ScalarNode.Of(true)).Add("c", ScalarNode.Null()).Add("d", new MappingNode()).Add("e", new SequenceNode()));

        Assert.Equal("a: 3\nb: true\nc: null\nd: {}\ne: []\n", yaml);
    }

    [Fact]
    public void Write_KeyLongerThanYamlAllows_StandsWithAQuestionMark()
    {
        var key = new string('k', 1100);
        var tree = new MappingNode().Add("outer", new SequenceNode([new MappingNode().Add(key, new MappingNode().Add(key, "text")).Add("b", "text")]));

        var yaml = DocumentWriter.Write(tree);

        Assert.Equal(Show(tree), Show(ReadBack(yaml)));
        Assert.StartsWith($"outer:\n- ? {key}\n  :\n    ? {key}\n    : text\n  b: text\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SeveralDocumentsWithHeader_AreSeparated()
    {
        var yaml = DocumentWriter.Write([new Document(new MappingNode().Add("a", "first"), ["one", ""]), new Document(new MappingNode().Add("b", "second"))]);

        Assert.Equal("# one\n#\na: first\n---\nb: second\n", yaml);
    }

    // As a value, a key, a list's item and a whole document.
    private static void AssertArrives(string text)
    {
        var tree = new MappingNode()
            .Add("value", text)
            .Add("list", new SequenceNode([ScalarNode.Of(text), new SequenceNode([ScalarNode.Of(text)]), new MappingNode().Add("inner", text)]))
            .Add("after", "end");
        if (text.Length < 500) tree.Add($"key {text}", "of a key").Add("nested", new MappingNode().Add(text, text));
        var yaml = DocumentWriter.Write(tree);

        Assert.Equal(Show(tree), Show(ReadBack(yaml)));
        var root = Assert.IsType<YamlMappingNode>(Assert.Single(ForeignReader.Documents(yaml)));
        Assert.Equal(text, ((YamlScalarNode)root["value"]).Value);
        var plain = Assert.IsType<Dictionary<object, object>>(ForeignReader.Read(yaml));
        Assert.Equal(text, Assert.IsType<string>(plain["value"]));
        Assert.Equal("end", plain["after"]);
        if (text.Length < 500) Assert.Equal(text, ((Dictionary<object, object>)plain["nested"]).Single().Value);

        Assert.Equal(text, ((ScalarNode)ReadBack($"---\n{DocumentWriter.Write(ScalarNode.Of(text))}")).Text);
    }

    private static Node ReadBack(string yaml)
    {
        var problems = new List<Diagnostic>();
        var documents = DocumentReader.Read(yaml, "written.yaml", problems);
        Assert.True(problems.Count == 0, $"{string.Join('\n', problems)}\n{yaml}");
        return Assert.Single(documents).Root;
    }

    private static string Show(Node node) => node switch
    {
        MappingNode mapping => $"{{{string.Join(",", mapping.Select(entry => $"{Escape(entry.Key)}={Show(entry.Value)}"))}}}",
        SequenceNode sequence => $"[{string.Join(",", sequence.Select(Show))}]",
        ScalarNode { Kind: ScalarKind.Null } => "null",
        ScalarNode scalar => $"{scalar.Kind}:{Escape(scalar.Text)}",
        _ => throw new InvalidOperationException(),
    };

    private static string Escape(string text) => string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) ? $"{character}" : $"\\{(int)character:x4}"));

    private static Gen<Node> Trees(int depth)
    {
        var scalar = Gen.Frequency(
            (6, NastyText.Generator.Select(text => (Node)ScalarNode.Of(text))),
            (1, Gen.Choose(-1000, 1000).Select(number => (Node)ScalarNode.Of(number))),
            (1, Gen.Elements(true, false).Select(value => (Node)ScalarNode.Of(value))),
            (1, Gen.Constant((Node)ScalarNode.Null())));
        if (depth == 0) return scalar;
        var list = Trees(depth - 1).ListOf().Select(items => (Node)new SequenceNode(items.Take(5)));
        var mapping = (from key in NastyText.Generator from value in Trees(depth - 1) select (key, value)).ListOf().Select(Mapping);

        // A document that is an empty scalar is no document, so the root is never a scalar.
        return depth == 4 ? Gen.OneOf(list, mapping) : Gen.Frequency((3, scalar), (1, list), (2, mapping));
    }

    private static Node Mapping(IEnumerable<(string Key, Node Value)> entries)
    {
        var mapping = new MappingNode();
        foreach (var (key, value) in entries.Take(5))
        {
            if (key.Length < 500 && !mapping.Has(key)) mapping.Add(key, value);
        }

        return mapping;
    }
}
