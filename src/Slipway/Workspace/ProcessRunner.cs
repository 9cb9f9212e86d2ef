#pragma warning disable RS0030 // This is the door to other programs.
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Slipway.Workspace;

/// <summary>Runs real programs.</summary>
/// <param name="environment">Where PATH is looked up.</param>
public sealed class ProcessRunner(IEnvironment environment) : IProcessRunner
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public string? Find(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(program)) return File.Exists(program) ? Path.GetFullPath(program) : null;
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        var folders = (environment.GetVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return (from folder in folders
                from ending in endings
                let candidate = Path.Combine(folder, program + ending)
                where File.Exists(candidate) && IsExecutable(candidate)
                select candidate).FirstOrDefault();
    }

    /// <inheritdoc/>
    public async Task<ProcessResult> RunAsync(ProcessCommand command, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var program = Find(command.Program) ?? throw new ProgramNotFoundException(command.Program);
        var start = new ProcessStartInfo(program, command.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
            StandardInputEncoding = Utf8,
            UseShellExecute = false,
        };
        if (command.WorkingDirectory is { } directory)
        {
            if (!Directory.Exists(directory)) throw new DirectoryNotFoundException($"There is no folder '{directory}' to run '{command.Program}' in.");
            start.WorkingDirectory = directory;
        }

        foreach (var (name, value) in command.Environment) start.Environment[name] = value;

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            throw new ProgramNotFoundException(command.Program);
        }

        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await WriteInputAsync(process, command.Input, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);

            // A child that outlives the program may hold the pipes open.
            await Task.WhenAll(output, error).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return new ProcessResult(process.ExitCode, await output, await error);
    }

    private static async Task WriteInputAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program closed its input before it had read all of it; its exit code says whether that was right.
        }
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None;
}
