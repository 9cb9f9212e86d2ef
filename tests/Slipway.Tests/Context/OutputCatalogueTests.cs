using System.Text;
using Slipway.Context;
using Slipway.Terraform;
using Slipway.Testing.Repository;

namespace Slipway.Tests.Context;

public sealed class OutputCatalogueTests
{
    private const string Begin = "<!-- begin: written from the catalogue by OutputCatalogueTests -->\n";
    private const string End = "<!-- end -->\n";

    [Fact]
    public void Document_Tables_AreTheCatalogue()
    {
        var file = RepositoryRoot.Combine("docs", "terraform-outputs.md");
        var text = File.ReadAllText(file);
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SLIPWAY_UPDATE_GOLDEN") == "1") File.WriteAllText(file, text[..start] + Tables() + text[end..]);
        else Assert.Equal(Tables(), text[start..end]);
    }

    [Fact]
    public void Names_AreInNormalForm()
    {
        var names = OutputCatalogue.Sections
            .SelectMany(section => section.Groups.Concat(section.Facts.SelectMany(fact => fact.Names.SelectMany(path => path.Split('.')).Concat(fact.WeakNames).Concat(fact.SharedNames.Keys))))
            .Concat(OutputCatalogue.Sections.SelectMany(section => section.Facts).SelectMany(fact => fact.Attributes.Concat(fact.WeakAttributes)).SelectMany(path => path.Split('.')))
            .Concat(OutputCatalogue.Containers)
            .Concat(OutputCatalogue.RoleMaps);

        Assert.All(names, name => Assert.Equal(OutputNames.Normalize(name), name));
    }

    [Fact]
    public void Names_OfTwoFacts_AreNeverTheSame()
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in OutputCatalogue.Sections)
        {
            foreach (var fact in section.Facts)
            {
                var crossed = section.Groups.SelectMany(group => fact.Attributes.Where(attribute => !attribute.Contains('.', StringComparison.Ordinal)).Select(attribute => $"{group}_{attribute}"));
                foreach (var name in fact.Names.Concat(crossed).Distinct().Where(name => !fact.SharedNames.ContainsKey(name)))
                    Assert.True(owners.TryAdd(name, fact.Path), $"{name} is {owners.GetValueOrDefault(name)} and {fact.Path}");
            }
        }
    }

    private static string Tables()
    {
        var text = new StringBuilder();
        foreach (var section in OutputCatalogue.Sections)
        {
            text.Append($"\n## {section.Name}\n\nObjects and prefixes: {Codes(section.Groups)}\n\n");
            text.Append("| fact | outputs | attributes and what may follow a prefix | otherwise |\n|---|---|---|---|\n");
            foreach (var fact in section.Facts)
            {
                var shared = fact.SharedNames.OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => $"`{name.Key}` holding `{name.Value}`");
                var weak = fact.WeakAttributes.Count == 0 ? "" : $"; only if none of these: {Codes(fact.WeakAttributes)}";
                var weakNames = fact.WeakNames.Count == 0 ? "" : $"; only if none of these: {Codes(fact.WeakNames)}";
                var outputs = string.Join(", ", fact.Names.Select(name => $"`{name}`").Concat(shared)) + weakNames;
                text.Append($"| `{fact.Path}` | {Dash(outputs)} | {Dash(Codes(fact.Attributes) + weak)} | {fact.Otherwise ?? "an error (SLW1111)"} |\n");
            }
        }

        text.Append($"\n## irsa_roles\n\nMaps of role ARNs by name, or of objects with {Codes(OutputCatalogue.RoleAttributes)}: {Codes(OutputCatalogue.RoleMaps)}.\n");
        text.Append($"Single outputs: {Codes(OutputCatalogue.RoleNames)}.\n\n");
        text.Append($"## Containers\n\n{Codes(OutputCatalogue.Containers)}\n\n");
        text.Append($"## Single repositories\n\nOutputs that end in {Codes(OutputCatalogue.RepositoryEndings)} and hold a URL with a path, and every text that is the URL of a repository in ECR.\n\n");
        text.Append("## Known by what they hold\n\n| fact | is |\n|---|---|\n");
        foreach (var fact in OutputCatalogue.Sections.SelectMany(section => section.Facts).Where(fact => fact.Form is not null))
            text.Append($"| `{fact.Path}` | {fact.Form!.Description} |\n");
        return text.ToString();
    }

    private static string Codes(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static string Dash(string text) => text.Length == 0 ? "–" : text;
}
