using Slipway.Documents;
using Slipway.Templates;

namespace Slipway.Cli.Views.Templates;

/// <summary><c>slipway templates list</c>: <c>{templates[{name, makes, values[]}]}</c>.</summary>
/// <param name="catalogue">The templates.</param>
internal sealed class TemplateListView(TemplateCatalogue catalogue) : IView
{
    public Node ToDocument() => new MappingNode().Add("templates", new SequenceNode(catalogue.Names.Select(name => Describe(catalogue.Get(name)))));

    public void WriteHuman(Terminal terminal)
    {
        var table = new TextTable("NAME", "MAKES");
        foreach (var name in catalogue.Names) table.Add(name, catalogue.Get(name).Makes);
        table.Write(terminal);
    }

    private static MappingNode Describe(Template template) => new MappingNode()
        .Add("name", template.Name)
        .Add("makes", template.Makes)
        .Add("values", new SequenceNode(template.Values.Select(value => ScalarNode.Of(value.Path))));
}
