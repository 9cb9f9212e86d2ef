using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Templates;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Templates;

namespace Slipway.Cli.Commands.Templates;

/// <summary><c>slipway templates</c>: the templates, and copies of them to change.</summary>
internal sealed class TemplatesVerb : Verb
{
    public TemplatesVerb(Surroundings surroundings)
        : base("templates", "List, show and eject templates", surroundings, "templates list", "templates show deployment", "templates eject deployment --out templates")
    {
        Add(new ListVerb(surroundings));
        Add(new ShowVerb(surroundings));
        Add(new EjectVerb(surroundings));
    }

    private static Diagnostic Unknown(string name) => new()
    {
        Code = "SLW1017",
        Summary = $"there is no template '{name}'",
        Fix = Suggestion.Fix(name, [.. TemplateCatalogue.BuiltIn.Names]),
    };

    private sealed class ListVerb : Verb
    {
        public ListVerb(Surroundings surroundings)
            : base("list", "List the templates and what each makes", surroundings, "templates list -o json")
        {
            var format = CommonOptions.Output();
            Add(format);
            SetAction(arguments => OutputOf(arguments, format).Write(new TemplateListView(TemplateCatalogue.BuiltIn)));
        }
    }

    private sealed class ShowVerb : Verb
    {
        public ShowVerb(Surroundings surroundings)
            : base("show", "Print a template", surroundings, "templates show deployment")
        {
            var name = new Argument<string>("name") { Description = "The template's name" };
            name.CompletionSources.Add([.. TemplateCatalogue.BuiltIn.Names]);
            Add(name);
            SetAction(arguments =>
            {
                if (TemplateCatalogue.FindBuiltIn(arguments.GetRequiredValue(name)) is not { } template)
                {
                    OutputOf(arguments).Tell([Unknown(arguments.GetRequiredValue(name))]);
                    return ExitCodes.Error;
                }

                surroundings.Out.Write(template.Text);
                return ExitCodes.Done;
            });
        }
    }

    private sealed class EjectVerb : Verb
    {
        public EjectVerb(Surroundings surroundings)
            : base("eject", "Copy templates into a folder, to be changed and given back with --templates", surroundings, "templates eject", "templates eject deployment service --out templates")
        {
            var names = new Argument<string[]>("name") { Description = "The templates; all when none is named", Arity = ArgumentArity.ZeroOrMore };
            names.CompletionSources.Add([.. TemplateCatalogue.BuiltIn.Names]);
            var folder = new Option<string>("--out") { Description = "The folder; made when it is not there", HelpName = "dir", DefaultValueFactory = _ => "templates" };
            Add(names);
            Add(folder);
            SetAction(arguments =>
            {
                var output = OutputOf(arguments);
                var chosen = arguments.GetValue(names) ?? [];
                var unknown = chosen.Where(name => TemplateCatalogue.FindBuiltIn(name) is null).Select(Unknown).ToList();
                output.Tell(unknown);
                if (unknown.Count > 0) return ExitCodes.Error;
                var shown = arguments.GetRequiredValue(folder);
                var (written, kept) = TemplateCatalogue.BuiltIn.Eject(surroundings.Files, Path.GetFullPath(shown, surroundings.Environment.WorkingDirectory), chosen);
                foreach (var path in written) output.Say($"created {shown}/{Path.GetFileName(path)}");
                foreach (var path in kept) output.Say($"left alone {shown}/{Path.GetFileName(path)}: it is there already");
                return ExitCodes.Done;
            });
        }
    }
}
