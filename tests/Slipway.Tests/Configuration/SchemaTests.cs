using System.Reflection;
using System.Text.Json;
using Slipway.Configuration;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform.Reading;
using Slipway.Testing.Repository;
using Slipway.Workspace;

namespace Slipway.Tests.Configuration;

/// <summary>The published schemas say what the readers accept, field by field.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void Services_EveryFieldOfTheReader_IsInTheSchemaAndNoOther() => AssertFields("services.schema.json", typeof(InventoryFields));

    [Fact]
    public void Slipway_EveryFieldOfTheReader_IsInTheSchemaAndNoOther()
    {
        AssertFields("slipway.schema.json", typeof(ConfigurationFields));

        // The environments' resources are the inventory's.
        var schema = Schema("slipway.schema.json").GetProperty("$defs");
        AssertSame(schema.GetProperty("resources"), InventoryFields.Resources);
        AssertSame(schema.GetProperty("amounts"), InventoryFields.Amounts);
    }

    [Fact]
    public void Plan_EveryTypeAndKey_IsTheReaders()
    {
        var definitions = Schema("k8s-generation-plan.schema.json").GetProperty("$defs");
        var level = definitions.GetProperty("level").GetProperty("properties");
        var problems = new List<Diagnostic>();

        Assert.Equal(
            PlanLevels.Usual.Select(usual => usual.Type),
            level.GetProperty("type").GetProperty("enum").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal(["type", "order", "items", "parallel_groups"], level.EnumerateObject().Select(property => property.Name));
        GenerationPlanReader.Read(
            "generation_order:\n  level_2a: {type: namespace_rbac, order: sequential, items: [a], parallel_groups: {b: [c]}}\nservice_inventory: {total_services: 0, services: []}\n",
            "plan.yaml",
            problems);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("services.schema.json", "entry", "value", "fact", "service")]
    [InlineData("services.schema.json", "variable", "value", "fact", "service", "configMap", "secret", "field")]
    [InlineData("services.schema.json", "volume", "emptyDir", "configMap", "secret", "claim")]
    [InlineData("services.schema.json", "secretKey", "property", "template")]
    [InlineData("slipway.schema.json", "terraform", "directory", "outputs", "state")]
    public void Schema_FieldsThatExcludeEachOther_AreOfferedAsOneOf(string name, string definition, params string[] fields) => Assert.Equal(
        fields,
        Schema(name).GetProperty("$defs").GetProperty(definition).GetProperty("oneOf").EnumerateArray().Select(choice => choice.GetProperty("required")[0].GetString()));

    [Theory]
    [InlineData("services.schema.json")]
    [InlineData("slipway.schema.json")]
    public void Schema_FieldThatMayBeLeftOut_MayBeEmptyAsForTheReader(string name)
    {
        foreach (var holder in Holders(Schema(name)).Where(holder => !holder.TryGetProperty("oneOf", out _) && !holder.TryGetProperty("maxProperties", out _)))
        {
            var required = holder.TryGetProperty("required", out var listed) ? listed.EnumerateArray().Select(item => item.GetString()).ToHashSet() : [];
            foreach (var property in holder.GetProperty("properties").EnumerateObject().Where(property => !required.Contains(property.Name)))
                Assert.Contains("null", property.Value.GetRawText(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("services.schema.json")]
    [InlineData("slipway.schema.json")]
    [InlineData("k8s-generation-plan.schema.json")]
    public void Schema_EveryField_HasADescription(string name)
    {
        foreach (var holder in Holders(Schema(name)))
        {
            foreach (var property in holder.GetProperty("properties").EnumerateObject())
                Assert.False(string.IsNullOrWhiteSpace(property.Value.TryGetProperty("description", out var text) ? text.GetString() : null), property.Name);
        }
    }

    [Theory]
    [InlineData("services.yaml", "services.schema.json")]
    [InlineData("slipway.yaml", "slipway.schema.json")]
    public void Example_FirstLine_NamesItsSchema(string example, string schema)
    {
        var line = Text("examples", "storefront", example).Split('\n')[0];

        Assert.Equal($"# yaml-language-server: $schema=../../docs/schemas/{schema}", line);
    }

    private static void AssertFields(string name, Type declarations)
    {
        var schema = Schema(name);
        var definitions = schema.GetProperty("$defs");
        var sets = declarations.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(FieldSet)).ToList();
        Assert.NotEmpty(sets);
        foreach (var field in sets)
        {
            var definition = field.Name == "Root" ? schema : definitions.GetProperty(JsonNamingPolicy.CamelCase.ConvertName(field.Name));
            AssertSame(definition, (FieldSet)field.GetValue(null)!);
        }
    }

    private static void AssertSame(JsonElement definition, FieldSet fields)
    {
        Assert.Equal(fields.Fields.Order(StringComparer.Ordinal), definition.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.False(definition.GetProperty("additionalProperties").GetBoolean());
    }

    private static IEnumerable<JsonElement> Holders(JsonElement schema) => schema.GetProperty("$defs").EnumerateObject().Select(property => property.Value).Append(schema);

    private static JsonElement Schema(string name) => JsonDocument.Parse(Text("docs", "schemas", name)).RootElement;

    private static string Text(params string[] path) => System.Text.Encoding.UTF8.GetString(new PhysicalFileSystem().ReadAllBytes(RepositoryRoot.Combine(path)));
}
