using System.Runtime.InteropServices;
using System.Text;
using Slipway.Workspace;

namespace Slipway.Cli.Hosting;

/// <summary>Ties the command line to the real process: streams, signals, exit code.</summary>
internal static class ProcessHost
{
    /// <summary>Runs the command line of this process.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));

        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), utf8);
        await using var error = new StreamWriter(Console.OpenStandardError(), utf8) { AutoFlush = true };
        var environment = new SystemEnvironment();
        var surroundings = new Surroundings
        {
            Files = new PhysicalFileSystem(),
            Processes = new ProcessRunner(environment),
            Self = OwnProgram.Find(),
            Environment = environment,
            Time = TimeProvider.System,
            Out = output,
            Error = error,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
        };
        try
        {
            return await CliApplication.RunAsync(arguments, surroundings, stop.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await error.WriteLineAsync($"error SLW1002: Slipway met something it does not expect: {exception.Message}. Fix: report it with the lines below");
            await error.WriteLineAsync(exception.ToString());
            return ExitCodes.Error;
        }
    }

    // The first signal asks for an orderly end that can be resumed; the second ends the process at once.
    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }
}
