using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;
using Slipway.Templates;
using Slipway.Tests.Documents;

namespace Slipway.Tests.Templates;

public sealed class TemplateTests
{
    private static readonly Provenance Here = new(ProvenanceKind.Terraform, "output.x");

    public static TheoryData<string> FixedTexts => [.. NastyText.Fixed];

    [Theory]
    [MemberData(nameof(FixedTexts))]
    public void Render_FixedText_ArrivesAsThatText(string text) => AssertArrives(text);

    [Fact]
    public void Render_AnyText_ArrivesAsThatText() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(2026, 1121), Prop.ForAll(NastyText.Arbitrary, AssertArrives));

    [Fact]
    public void Render_TypedValues_KeepTheirTypes()
    {
        var root = Render("c: {{ n }}\nb: {{ b }}\ns: {{ s }}\nq: \"{{ n }}\"\n", new MappingNode().Add("n", ScalarNode.Of(8080)).Add("b", ScalarNode.Of(true)).Add("s", "8080"));

        Assert.Equal("c: 8080\nb: true\ns: \"8080\"\nq: \"8080\"\n", DocumentWriter.Write(root));
    }

    [Fact]
    public void Render_StructuresWhole_TakeTheirPlace()
    {
        var values = new MappingNode().Add("labels", new MappingNode().Add("a", "b: c")).Add("list", new SequenceNode([ScalarNode.Of("x"), ScalarNode.Of(1)]));

        Assert.Equal("labels:\n  a: \"b: c\"\nlist:\n- x\n- 1\n", DocumentWriter.Write(Render("labels: {{ labels }}\nlist: {{ list }}\n", values)));
    }

    [Fact]
    public void Render_ValueInsideText_IsJoined()
    {
        var root = Render("name: {{ name }}-hpa\nurl: 'http://{{ name }}:{{ port }}/'\n", new MappingNode().Add("name", "web: ui").Add("port", ScalarNode.Of(80)));

        Assert.Equal("web: ui-hpa", root.Text("name"));
        Assert.Equal("http://web: ui:80/", root.Text("url"));
    }

    [Theory]
    [InlineData("yes", "a: 1\n")]
    [InlineData("", "b: 2\n")]
    public void Render_IfElse_TakesOneBranch(string value, string expected) =>
        Assert.Equal(expected, DocumentWriter.Write(Render("{{#if v}}\na: 1\n{{else}}\nb: 2\n{{/if}}\n", new MappingNode().Add("v", value))));

    [Theory]
    [InlineData("a", "x: 1\n")]
    [InlineData("b", "x: 2\n")]
    [InlineData("c", "x: 3\n")]
    public void Render_ElseIfChain_TakesTheFirstThatHolds(string name, string expected) => Assert.Equal(
        expected,
        DocumentWriter.Write(Render("{{#if a}}\nx: 1\n{{else if b}}\nx: 2\n{{else}}\nx: 3\n{{/if}}\n", new MappingNode().Add(name, "there"))));

    [Fact]
    public void Render_Zero_IsAValue() => Assert.Equal("x: 0\n", DocumentWriter.Write(Render("{{#if n}}\nx: {{ n }}\n{{/if}}\n", new MappingNode().Add("n", ScalarNode.Of(0)))));

    [Fact]
    public void Render_Unless_TakesTheBodyWhenAbsent() => Assert.Equal("x: 1\n", DocumentWriter.Write(Render("{{#unless n}}\nx: 1\n{{/unless}}\n", new MappingNode().Add("m", "1"))));

    [Fact]
    public void Render_EachOverListAndMapping_KnowsItsPlace()
    {
        var values = new MappingNode()
            .Add("outer", "o")
            .Add("ports", new SequenceNode([new MappingNode().Add("name", "http"), new MappingNode().Add("name", "grpc")]))
            .Add("labels", new MappingNode().Add("a", "one").Add("b", "two"))
            .Add("none", new SequenceNode());
        const string Text = """
            ports:
            {{#each ports}}
            - name: {{ name }}
              of: {{ ../outer }}
              root: {{ @root.outer }}
              at: {{ @index }}
              first: {{ @first }}
              last: {{ @last }}
            {{/each}}
            labels:
              {{#each labels}}
              {{ @key }}: {{ this }}
              {{/each}}
            {{#each none}}
            never: {{ this }}
            {{else}}
            empty: true
            {{/each}}

            """;

        Assert.Equal(
            """
            ports:
            - name: http
              of: o
              root: o
              at: 0
              first: true
              last: false
            - name: grpc
              of: o
              root: o
              at: 1
              first: false
              last: true
            labels:
              a: one
              b: two
            empty: true

            """,
            DocumentWriter.Write(Render(Text, values)));
    }

    [Fact]
    public void Render_With_ChangesTheContext() =>
        Assert.Equal("x: one\nz: r\n", DocumentWriter.Write(Render("{{#with a.b}}\nx: {{ c }}\nz: {{ ../r }}\n{{/with}}\n", new MappingNode().Add("r", "r").Add("a", new MappingNode().Add("b", new MappingNode().Add("c", "one"))))));

    [Fact]
    public void Render_EscapedBracesAndComments_AreTextAndNothing() =>
        Assert.Equal("x: \"{{ .password }}\"\n", DocumentWriter.Write(Render("{{! gone }}\n{{!-- gone }} too --}}\nx: \"\\{{ .password }}\"\n", [])));

    [Fact]
    public void Render_Nodes_KnowSourceAndTemplateLine()
    {
        var root = Render("{{!-- head --}}\na: 1\n{{#if v}}\nb:\n  c: {{ v }}\n  d: x-{{ v }}\n{{/if}}\n", new MappingNode().Add("v", ScalarNode.Of("one", Here)));

        Assert.Equal(("templates/t.yaml", 2), (root["a"]!.Template!.File, root["a"]!.Template!.Line));
        Assert.Equal(ProvenanceKind.Template, root["a"]!.Source!.Kind);
        var inner = root.Mapping("b")!;
        Assert.Equal(5, inner["c"]!.Template!.Line);
        Assert.Equal(Here, inner["c"]!.Source);
        Assert.Equal(6, inner["d"]!.Template!.Line);
        Assert.Equal(Here, inner["d"]!.Source);
    }

    [Fact]
    public void Render_TwiceWithOtherValues_SharesNothing()
    {
        var template = Parse("a: {{ v }}\nb:\n  c: 1\n");

        var first = (MappingNode)template.Render(new MappingNode().Add("v", "one"), [])[0].Root;
        first.Mapping("b")!["c"] = ScalarNode.Of("changed");
        var second = (MappingNode)template.Render(new MappingNode().Add("v", "two"), [])[0].Root;

        Assert.Equal("a: two\nb:\n  c: 1\n", DocumentWriter.Write(second));
    }

    [Theory]
    [InlineData("a: {{ missing }}\n", "SLW1305", 1)]
    [InlineData("x: 1\na: \"{{ list }}\"\n", "SLW1306", 2)]
    [InlineData("a: 1\n{{#each map}}\n{{ @key }}: {{ this }}\n{{/each}}\n", "SLW1307", 3)]
    [InlineData("a: 1\n{{#if v}}\nb: [\n{{/if}}\n", "SLW1304", 3)]
    [InlineData("a: 1\n{{#each v}}\nb: {{ this }}\n{{/each}}\n", "SLW1303", 2)]
    public void Render_WhatCannotBe_IsReportedAtTheTemplatesLine(string text, string code, int line)
    {
        var problems = new List<Diagnostic>();
        var values = new MappingNode().Add("v", "one").Add("list", new SequenceNode([ScalarNode.Of("x")])).Add("map", new MappingNode().Add("a", "twice"));

        Parse(text).Render(values, problems);

        var problem = Assert.Single(problems);
        Assert.Equal((code, "templates/t.yaml"), (problem.Code, problem.Place!.File));
        Assert.InRange(problem.Place.Line!.Value, line, line + 2);
        Assert.NotNull(problem.Fix);
    }

    [Theory]
    [InlineData("a: {{ v", 1, 4)]
    [InlineData("\n{{#if v}}\na: 1\n", 2, 1)]
    [InlineData("{{#if v}}\n{{/each}}\n", 2, 1)]
    [InlineData("{{/if}}\n", 1, 1)]
    [InlineData("{{else}}\n", 1, 1)]
    [InlineData("{{#loop v}}\n{{/loop}}\n", 1, 1)]
    [InlineData("a: {{{ v }}}\n", 1, 4)]
    [InlineData("a: {{~ v }}\n", 1, 4)]
    [InlineData("a: {{ v | upper }}\n", 1, 4)]
    [InlineData("a: {{ }}\n", 1, 4)]
    [InlineData("{{#if v}}\n{{else}}\n{{else}}\n{{/if}}\n", 3, 1)]
    [InlineData("{{#if v}}\n{{else unless w}}\n{{/if}}\n", 2, 1)]
    [InlineData("a: \uE000\n", 1, 4)]
    public void Parse_WrongSyntax_IsReportedWithItsPlace(string text, int line, int column)
    {
        var problems = new List<Diagnostic>();

        Assert.Null(Template.Parse("t", "t.yaml", text, problems));
        Assert.Contains(problems, problem => problem.Code == "SLW1301" && problem.Place == new SourcePlace("t.yaml", line, column) && problem.Fix is not null);
    }

    private static void AssertArrives(string text)
    {
        var values = new MappingNode().Add("v", ScalarNode.Of(text, Here)).Add("map", new MappingNode().Add(text, text));
        var root = Render("a: {{ v }}\nq: '{{ v }}'\nj: <{{ v }}>\nb: |\n  {{ v }}\nl:\n- {{ v }}\nm: {{ map }}\nz: end\n", values);
        var yaml = DocumentWriter.Write(root);
        var foreign = (Dictionary<object, object>)ForeignReader.Read(yaml)!;

        foreach (var key in new[] { "a", "q" }) Assert.Equal(text, Assert.IsType<string>(foreign[key]));
        Assert.Equal($"<{text}>", foreign["j"]);
        Assert.Equal($"{text}\n", foreign["b"]);
        Assert.Equal(text, Assert.Single((List<object>)foreign["l"]));
        Assert.Equal(text, ((Dictionary<object, object>)foreign["m"]).Single().Value);
        Assert.Equal(["a", "q", "j", "b", "l", "m", "z"], foreign.Keys.Cast<string>());
        Assert.Equal(Here, root["a"]!.Source);
    }

    private static Template Parse(string text)
    {
        var problems = new List<Diagnostic>();
        var template = Template.Parse("t", "templates/t.yaml", text, problems);
        Assert.Empty(problems);
        return template!;
    }

    private static MappingNode Render(string text, MappingNode values)
    {
        var problems = new List<Diagnostic>();
        var documents = Parse(text).Render(values, problems);
        Assert.Empty(problems);
        return (MappingNode)Assert.Single(documents).Root;
    }
}
