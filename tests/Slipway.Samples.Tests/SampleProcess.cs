using System.Diagnostics;

namespace Slipway.Samples.Tests;

/// <summary>The samples as a process of their own.</summary>
internal static class SampleProcess
{
    public static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Slipway.Samples.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;

    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output.ReplaceLineEndings("\n").TrimEnd();
    }
}
