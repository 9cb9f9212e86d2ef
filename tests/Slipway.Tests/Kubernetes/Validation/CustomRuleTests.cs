using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Schemas;
using Slipway.Kubernetes.Validation;
using Slipway.Kubernetes.Validation.Schema;

namespace Slipway.Tests.Kubernetes.Validation;

/// <summary>What a definition demands beyond types, one rule at a time.</summary>
public sealed class CustomRuleTests
{
    [Theory]
    [InlineData("{type: string, pattern: '^a+$'}", "aa", "b")]
    [InlineData("{type: string, pattern: '^a+$'}", "aa", "\"aa\\n\"")]
    [InlineData(@"{type: string, pattern: '^(?P<x>\d+)[[:alpha:]_.$]\z'}", "'1$'", "'1-'")]
    [InlineData("{type: string, pattern: '[^]a]'}", "b", "a")]
    [InlineData("{type: string, enum: [a, b]}", "a", "c")]
    [InlineData("{type: integer, enum: [1, 2]}", "1", "3")]
    [InlineData("{type: string, minLength: 2, maxLength: 3}", "äö", "ä")]
    [InlineData("{type: integer, minimum: 1, maximum: 5}", "5", "6")]
    [InlineData("{type: number, minimum: 0, exclusiveMinimum: true}", "0.5", "0")]
    [InlineData("{type: integer, multipleOf: 5}", "10", "11")]
    [InlineData("{type: integer, format: int32}", "2147483647", "2147483648")]
    [InlineData("{type: string, format: ipv4}", "10.0.0.1", "'10.1'")]
    [InlineData("{type: string, format: cidr}", "10.0.0.0/8", "10.0.0.0")]
    [InlineData("{type: array, maxItems: 1, items: {type: string}}", "[a]", "[a, b]")]
    [InlineData("{type: array, x-kubernetes-list-type: set, items: {type: string}}", "[a, b]", "[a, a]")]
    [InlineData("{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, properties: {k: {type: string}}}}", "[{k: a}, {k: b}]", "[{k: a}, {k: a}]")]
    [InlineData("{type: object, minProperties: 1, additionalProperties: {type: string}}", "{a: b}", "{}")]
    [InlineData("{type: object, additionalProperties: {type: string, pattern: '^a'}}", "{x: a}", "{x: b}")]
    [InlineData("{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], pattern: '^[0-9]+%$'}", "5", "five")]
    [InlineData("{x-kubernetes-int-or-string: true}", "5%", "1.5")]
    [InlineData("{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}", "{a: x}", "{a: x, b: z}")]
    [InlineData("{type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}", "{b: x}", "{}")]
    [InlineData("{type: object, properties: {a: {type: string}, b: {type: string}}, not: {required: [a, b]}}", "{b: x}", "{a: x, b: z}")]
    [InlineData("{type: object, properties: {a: {type: string}}, allOf: [{required: [a]}]}", "{a: x}", "{}")]
    [InlineData("{type: integer, allOf: [{minimum: 3}]}", "3", "2")]
    [InlineData("{type: object, properties: {a: {type: integer}}, oneOf: [{properties: {a: {enum: [1]}}}, {properties: {a: {minimum: 5}}}]}", "{a: 7}", "{a: 2}")]
    [InlineData("{type: string, nullable: true}", "null", "1")]
    [InlineData("{type: string, default: a}", "null", "1")]
    [InlineData("{type: string}", "a", "null")]
    [InlineData("{type: array, items: {type: string, nullable: true}}", "[null]", "null")]
    [InlineData("{type: object, required: [a], properties: {a: {type: string, default: x}}}", "{}", "{b: x}")]
    [InlineData("{type: object, required: [a], properties: {a: {type: string, nullable: true}}}", "{a: null}", "{}")]
    [InlineData("{type: object}", "{}", "{a: 1}")]
    [InlineData("{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}", "{a: x, b: 1}", "{a: 1}")]
    [InlineData("{type: object, x-kubernetes-preserve-unknown-fields: true, x-kubernetes-embedded-resource: true}", "{apiVersion: v1, kind: Pod, spec: {}}", "{apiVersion: v1}")]
    [InlineData("{type: string, pattern: '(?=a)'}", "b", "1")]
    public void Check_ValueUnderARule_IsRefusedOnlyWhenItBreaksIt(string schema, string good, string bad)
    {
        Assert.Empty(Check(schema, good));
        var finding = Assert.Single(Check(schema, bad));
        Assert.StartsWith("spec.x", finding.Place!.Path, StringComparison.Ordinal);
        Assert.Equal(5, finding.Place.Line);
        Assert.False(string.IsNullOrWhiteSpace(finding.Fix));
    }

    [Fact]
    public void Check_RulesInCel_AreListedAsNotChecked()
    {
        var rung = Rung("{type: string, x-kubernetes-validations: [{rule: self != ''}]}", "a", new FindingList());

        Assert.Equal([new UncheckedKind("shop.example.com/v1", "Thing", 1)], rung.RulesNotChecked);
    }

    [Fact]
    public void Check_VersionThatIsNotServed_NamesTheOneThatIs()
    {
        var findings = new FindingList();
        Rung("{type: string}", "a", findings, "v1beta1");

        var finding = Assert.Single(findings.Findings);
        Assert.Equal(("SLW2306", "write 'apiVersion: shop.example.com/v1'"), (finding.Code, finding.Fix));
    }

    private static IReadOnlyList<Diagnostic> Check(string schema, string value)
    {
        var findings = new FindingList();
        Rung(schema, value, findings);
        return findings.Findings;
    }

    private static SchemaRung Rung(string schema, string value, FindingList findings, string version = "v1")
    {
        var catalog = SchemaCatalog.For(KubernetesVersion.Default);
        var definition = $$"""
            kind: CustomResourceDefinition
            spec:
              group: shop.example.com
              scope: Namespaced
              names: {kind: Thing}
              versions:
                - name: v1
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            x: {{schema}}
            """;
        Assert.Equal(1, CustomResourceReader.Add(catalog, (MappingNode)Read(definition)));
        var file = new ManifestFile("a.yaml", [new Document(Read($"apiVersion: shop.example.com/{version}\nkind: Thing\nmetadata: {{name: a}}\nspec:\n  x: {value}\n"))]) { Role = FileRole.Manifest };
        file.Objects.Add(new ManifestObject(file, (MappingNode)file.Documents[0].Root, NodePath.Root));
        var rung = new SchemaRung(catalog, findings);
        rung.Run(new Slipway.Kubernetes.Validation.Loading.ManifestSet([file], new Dictionary<string, Slipway.Kubernetes.Validation.Loading.Kustomization>(StringComparer.Ordinal), []), new HashSet<string>(StringComparer.Ordinal));
        return rung;
    }

    private static Node Read(string text)
    {
        var problems = new List<Diagnostic>();
        var root = DocumentReader.ReadSingle(text, "a.yaml", problems);
        Assert.Empty(problems);
        return root!;
    }
}
