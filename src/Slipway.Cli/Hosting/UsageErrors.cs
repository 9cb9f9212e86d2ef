using System.CommandLine;

namespace Slipway.Cli.Hosting;

/// <summary>Tells a wrong command line, one line a problem, and where the help is.</summary>
internal static class UsageErrors
{
    public static void Write(ParseResult parsed, TextWriter error)
    {
        foreach (var problem in parsed.Errors.DistinctBy(problem => problem.Message, StringComparer.Ordinal))
        {
            error.WriteLine($"error SLW1001: {problem.Message.TrimEnd('.')}");
        }

        var verb = string.Join(' ', Path(parsed.CommandResult.Command));
        error.WriteLine($"Run '{verb} --help' for usage and examples.");
    }

    private static IEnumerable<string> Path(Command command)
    {
        var names = new Stack<string>();
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Push(at is RootCommand ? "slipway" : at.Name);
        }

        return names;
    }
}
