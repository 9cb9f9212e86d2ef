using System.CommandLine;
using System.CommandLine.Invocation;
using Slipway.Cli.Commands;
using Slipway.Storage;

namespace Slipway.Cli.Hosting;

/// <summary>The command line as a function: arguments and surroundings in, exit code out.</summary>
internal static class CliApplication
{
    /// <summary>Runs one command.</summary>
    /// <param name="arguments">The arguments without the program's name.</param>
    /// <param name="surroundings">All that the command may touch.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var root = RootVerb.Create(surroundings);
        var parsed = root.Parse(arguments);
        if (UsageErrors.Write(parsed, surroundings.Error)) return ExitCodes.Usage;

        var invocation = new InvocationConfiguration
        {
            Output = surroundings.Out,
            Error = surroundings.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (StorageException exception)
        {
            await surroundings.Error.WriteLineAsync(exception.Diagnostic.ToString());
            return ExitCodes.Error;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await surroundings.Error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
    }
}
