using System.Diagnostics;

namespace Slipway.Storage.Tests.Crashes;

/// <summary>A child process that runs the crash host. Disposing kills it.</summary>
internal sealed class CrashHostProcess : IDisposable
{
    private readonly Process _process;

    public CrashHostProcess(params string[] arguments)
    {
        var name = OperatingSystem.IsWindows() ? "Slipway.CrashHost.exe" : "Slipway.CrashHost";
        _process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Sends a line and gives the answer.</summary>
    public async Task<string?> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        return await _process.StandardOutput.ReadLineAsync();
    }

    /// <summary>The next line the child says, null when it ends.</summary>
    public Task<string?> ListenAsync() => _process.StandardOutput.ReadLineAsync();

    /// <summary>Ends the child by a signal that it cannot handle (SIGKILL), and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the child.</summary>
    /// <returns>Its exit code, and what it said on its way.</returns>
    public async Task<(int ExitCode, string Output)> WaitAsync()
    {
        var talk = _process.StandardError.ReadToEndAsync();
        var data = _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await data + await talk);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
