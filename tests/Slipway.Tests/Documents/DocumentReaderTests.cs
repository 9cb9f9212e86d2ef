using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;

namespace Slipway.Tests.Documents;

public sealed class DocumentReaderTests
{
    [Theory]
    [InlineData("a: 1\n\tb: 2\n", "SLW2201", 2, 1)]
    [InlineData("a: 1\na: 2\n", "SLW2202", 2, 1)]
    [InlineData("a: {b: 1, b: 2}\n", "SLW2202", 1, 11)]
    [InlineData("a: *b\n", "SLW2201", 1, 4)]
    [InlineData("? [a]\n: b\n", "SLW2205", 1, 3)]
    [InlineData("a: \"b\n", "SLW2201", 1, 4)]
    [InlineData("<<: 1\n", "SLW2201", 1, 1)]
    [InlineData("...\na:\n  ...\n  b: 1\n", "SLW2201", 1, 1)]
    [InlineData("a: 1\nb: !!]x 1\n", "SLW2201", 2, 1)]
    public void Read_BrokenText_NamesThePlace(string text, string code, int line, int column)
    {
        var problems = new List<Diagnostic>();
        DocumentReader.Read(text, "a.yaml", problems);

        var problem = Assert.Single(problems);
        Assert.Equal((code, new SourcePlace("a.yaml", line, column)), (problem.Code, problem.Place));
        Assert.NotNull(problem.Fix);
    }

    [Fact]
    public void Read_AliasBomb_StopsEarly()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 20).Select(at =>
            string.Create(CultureInfo.InvariantCulture, $"a{at}: &a{at} [{string.Join(", ", Enumerable.Repeat($"*a{at - 1}", 10))}]\n")));
        var problems = new List<Diagnostic>();
        DocumentReader.Read(text, "a.yaml", problems);

        Assert.Equal("SLW2203", Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Read_DeepNesting_IsRefused(char open, char close)
    {
        var problems = new List<Diagnostic>();
        DocumentReader.Read(open == '[' ? new string(open, 5000) + new string(close, 5000) : string.Concat(Enumerable.Repeat("{a: ", 5000)) + new string(close, 5000), "a.yaml", problems);

        Assert.Equal("SLW2204", Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n---\n")]
    public void Read_NothingButComments_GivesNoDocument(string text)
    {
        var problems = new List<Diagnostic>();

        Assert.Empty(DocumentReader.Read(text, "a.yaml", problems));
        Assert.Empty(problems);
    }

    [Fact]
    public void Read_WindowsLineEnds_GivesTheSameDocument()
    {
        var problems = new List<Diagnostic>();
        var root = (MappingNode)Assert.Single(DocumentReader.Read("a: 1\r\nb: |\r\n  x\r\n  y\r\n", "a.yaml", problems)).Root;

        Assert.Empty(problems);
        Assert.Equal("x\ny\n", root.Text("b"));
        Assert.Equal(new NodePosition(2, 1), root[1].KeyPosition);
    }

    [Theory]
    [InlineData("a: |\n    \n  x: 1\n    \n  y\nb: 1\n")]
    [InlineData("a: |-  # text\r\n    \r\n    \r\n    x\r\nb: 1\r\n")]
    public void Read_BlockBeginningWithSpaces_IsReadAsWithEmptyLines(string text)
    {
        var problems = new List<Diagnostic>();
        var root = (MappingNode)Assert.Single(DocumentReader.Read(text, "a.yaml", problems)).Root;

        Assert.Empty(problems);
        Assert.StartsWith("\n", root.Text("a"), StringComparison.Ordinal);
        Assert.Equal("1", root.Text("b"));
    }

    [Fact]
    public void Read_MergeKeys_LetTheMappingItselfWin()
    {
        var problems = new List<Diagnostic>();
        var root = (MappingNode)Assert.Single(DocumentReader.Read("base: &base {a: 1, b: 2}\nx: {<<: *base, b: 3}\n", "a.yaml", problems)).Root;

        Assert.Empty(problems);
        Assert.Equal(("1", "3"), (root.Mapping("x")!.Text("a"), root.Mapping("x")!.Text("b")));
    }

    [Fact]
    public void ReadSingle_SeveralDocuments_IsAProblem()
    {
        var problems = new List<Diagnostic>();

        Assert.Null(DocumentReader.ReadSingle("a: 1\n---\nb: 2\n", "a.yaml", problems));
        Assert.Equal(new SourcePlace("a.yaml", 3, 1), Assert.Single(problems).Place);
    }

    [Fact]
    public void Read_AnyText_GivesDocumentsOrProblemsAndNeverThrows()
    {
        var letters = Gen.Elements("ab:-?[]{},#&*!|>'\"%@` \t\n\\0<~=.".ToCharArray());
        Prop.ForAll(Arb.From(letters.ListOf().Select(list => string.Concat(list))), text =>
        {
            var problems = new List<Diagnostic>();
            DocumentReader.Read(text, "a.yaml", problems);
            return problems.TrueForAll(problem => problem.Place is { Line: >= 1, Column: >= 1 });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(7, 11));
    }
}
