using System.CommandLine;
using System.Globalization;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;

namespace Slipway.Cli.Commands;

/// <summary>Options that mean the same wherever they stand.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Output(bool withSarif = false)
    {
        var names = withSarif ? "table, json, yaml or sarif" : "table, json or yaml";
        var option = new Option<OutputFormat>("--output", "-o")
        {
            Description = $"How to print the result: {names}",
            HelpName = "format",
            DefaultValueFactory = _ => OutputFormat.Table,
            CustomParser = result =>
            {
                var text = result.Tokens[^1].Value;
                foreach (var format in Enum.GetValues<OutputFormat>())
                {
                    if (string.Equals(text, format.ToString(), StringComparison.OrdinalIgnoreCase) && (withSarif || format != OutputFormat.Sarif)) return format;
                }

                result.AddError($"'{text}' is no output format: use {names}");
                return OutputFormat.Table;
            },
        };
        option.CompletionSources.Add(withSarif ? ["table", "json", "yaml", "sarif"] : ["table", "json", "yaml"]);
        return option;
    }

    public static Option<bool> NoColor() => new("--no-color")
    {
        Description = "Print without colour (as with NO_COLOR set)",
        Recursive = true,
    };

    public static Option<bool> Quiet() => new("--quiet", "-q")
    {
        Description = "Say only what went wrong",
        Recursive = true,
    };

    public static Option<bool> Verbose() => new("--verbose", "-v")
    {
        Description = "Say more: hints, what was left alone, timings",
        Recursive = true,
    };

    public static Option<string> Directory(Surroundings surroundings) => new("--dir", "-C")
    {
        Description = "The platform's folder, the one with slipway.yaml",
        HelpName = "dir",
        DefaultValueFactory = _ => surroundings.Environment.GetVariable("SLIPWAY_DIR") ?? ".",
    };

    public static Argument<string> Run() => new("run") { Description = "The run's id, or the beginning of it" };

    public static Argument<string> Question() => new("id") { Description = "The question's id, or the beginning of it" };

    public static Option<string?> Out(Surroundings surroundings) => new("--out")
    {
        Description = "The folder that receives k8s-context/ and k8s-manifests/; default: what slipway.yaml says, or 'out' beside it",
        HelpName = "dir",
        DefaultValueFactory = _ => surroundings.Environment.GetVariable("SLIPWAY_OUT"),
    };

    public static Option<string?> Templates(Surroundings surroundings) => new("--templates")
    {
        Description = "A folder of templates that replace the built-in ones of the same name",
        HelpName = "dir",
        DefaultValueFactory = _ => surroundings.Environment.GetVariable("SLIPWAY_TEMPLATES"),
    };

    public static Option<int> Parallelism(Surroundings surroundings)
    {
        var option = new Option<int>("--parallelism")
        {
            Description = "How many steps run at once, 1 to 1000",
            HelpName = "n",
            DefaultValueFactory = result =>
            {
                if (surroundings.Environment.GetVariable("SLIPWAY_PARALLELISM") is not { Length: > 0 } text) return 10;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
                result.AddError($"SLIPWAY_PARALLELISM is '{text}' but must be a whole number from 1 to 1000");
                return 10;
            },
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000) result.AddError("--parallelism takes a whole number from 1 to 1000");
        });
        return option;
    }
}
