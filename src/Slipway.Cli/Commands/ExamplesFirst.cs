using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Slipway.Cli.Commands;

/// <summary>Help that begins with examples.</summary>
/// <param name="help">The help that follows.</param>
/// <param name="rootExamples">What to show where no verb was named.</param>
internal sealed class ExamplesFirst(HelpAction help, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    /// <summary>Who asks for help has not written the rest yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        var examples = command is RootCommand ? rootExamples : (command as Verb)?.Examples ?? [];
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine($"  slipway {example}");
            output.WriteLine();
        }

        return help.Invoke(parseResult);
    }
}
