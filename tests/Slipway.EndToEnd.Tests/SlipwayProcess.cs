using System.Diagnostics;

namespace Slipway.EndToEnd.Tests;

/// <summary>The built command line as a process of its own.</summary>
internal static class SlipwayProcess
{
    private const string Program = "Slipway.Cli.dll";

    /// <summary>Starts a command line.</summary>
    /// <param name="directory">The working directory.</param>
    /// <param name="arguments">The arguments without the program's name.</param>
    /// <param name="variables">Variables that differ from this process' own.</param>
    public static Process Start(string directory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null) =>
        StartProgram(Program, directory, arguments, variables);

    /// <summary>Starts a program of the solution.</summary>
    public static Process StartProgram(string assembly, string directory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string directory, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        using var process = Start(directory, arguments, variables);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
