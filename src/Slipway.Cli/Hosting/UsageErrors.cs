using System.CommandLine;
using System.CommandLine.Parsing;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;

namespace Slipway.Cli.Hosting;

/// <summary>Tells a wrong command line, one line a problem, and where the help is.</summary>
internal static class UsageErrors
{
    /// <summary>Tells what is wrong, if anything is.</summary>
    /// <returns>True when something is wrong.</returns>
    public static bool Write(ParseResult parsed, TextWriter error)
    {
        var misread = MisreadOptions(parsed).ToList();
        if (misread.Count == 0 && parsed.Errors.Count == 0) return false;
        List<string> unknown = [.. misread, .. parsed.UnmatchedTokens];
        var command = parsed.CommandResult.Command;
        var verb = Name(command);
        // What follows a wrong word is mostly wrong only because of it.
        foreach (var token in unknown.Take(1))
        {
            var known = command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name)).ToList();
            var fix = Suggestion.Fix(token, known);
            error.WriteLine($"error SLW1001: '{token}' is not a verb or option of {verb}. Fix: {fix}");
        }

        foreach (var message in parsed.Errors.Select(problem => problem.Message).Where(IsOwnProblem).Distinct(StringComparer.Ordinal))
        {
            error.WriteLine($"error SLW1001: {message.TrimEnd('.')}");
        }

        error.WriteLine($"Run '{verb} --help' for usage and examples.");
        return true;

        // A wrong token brings messages of the parser that say the same again, less well.
        bool IsOwnProblem(string message) =>
            unknown.Count == 0
            || !(message.StartsWith("Required command", StringComparison.Ordinal) || message.StartsWith("Unrecognized", StringComparison.Ordinal));
    }

    // The parser takes an option that it does not know for an argument, where one is still open.
    private static IEnumerable<string> MisreadOptions(ParseResult parsed) => parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash)
        ? []
        : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Where(value => value.Length > 1 && value[0] == '-');

    private static string Name(Command command)
    {
        var names = new Stack<string>();
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Push(at is RootCommand ? "slipway" : at.Name);
        }

        return string.Join(' ', names);
    }
}
