using System.Diagnostics;
using Slipway.Benchmarks.Suites;

namespace Slipway.Benchmarks.Generation;

/// <summary>
/// The whole <c>up</c> command as a process, beside <c>kubectl kustomize</c> of what it wrote, in turn: as it is built, and as it is
/// published for this machine, which is compiled ahead of time.
/// </summary>
internal sealed class UpSuite : ISuite
{
    private const int Repeats = 7;

    public string Name => "up";

    public async Task RunAsync(TextWriter output)
    {
        using var scratch = new ScratchDirectory();
        var platform = scratch.NewFile();
        BenchPlatform.CopyExample(platform);
        var program = Path.Combine(AppContext.BaseDirectory, "Slipway.Cli.dll");
        var manifests = Path.Combine(platform, "out", "k8s-manifests");
        string[] up = [program, "up", platform, "-q"];
        await RunAsync("dotnet", up);
        var published = await PublishAsync(scratch.NewFile());

        var commands = new (string Name, string Program, string[] Arguments, bool IsCold)[]
        {
            ("slipway up, first time", published, up[1..], true),
            ("slipway up, nothing to change", published, up[1..], false),
            ("slipway up, first time, not published", "dotnet", up, true),
            ("slipway generate --check", published, ["generate", "--dir", platform, "--check", "-q"], false),
            ("slipway validate --no-build", published, ["validate", manifests, "--no-build"], false),
            ("kubectl kustomize overlays/production", "kubectl", ["kustomize", Path.Combine(manifests, "overlays", "production")], false),
            ("kubectl version --client", "kubectl", ["version", "--client"], false),
        };
        var samples = commands.Select(_ => new Samples()).ToArray();
        for (var round = 0; round < Repeats; round++)
        {
            for (var at = 0; at < commands.Length; at++)
            {
                var command = commands[at];
                if (command.IsCold) Directory.Delete(Path.Combine(platform, "out"), recursive: true);
                await samples[at].AddAsync(() => RunAsync(command.Program, command.Arguments));
            }
        }

        var table = new ResultTable("Whole commands, in turn", "command", "median ms", "best ms");
        for (var at = 0; at < commands.Length; at++)
        {
            table.Add(commands[at].Name, FormattableString.Invariant($"{samples[at].Median.TotalMilliseconds:0}"), FormattableString.Invariant($"{samples[at].Best.TotalMilliseconds:0}"));
        }

        table.Print(output);
    }

    private static async Task<string> PublishAsync(string target)
    {
        var project = Path.Combine(BenchPlatform.Root, "src", "Slipway.Cli");
        await RunAsync("dotnet", ["publish", project, "-c", "Release", "--use-current-runtime", "-o", target]);
        return Path.Combine(target, OperatingSystem.IsWindows() ? "slipway.exe" : "slipway");
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {process.ExitCode}\n{await error}");
    }
}
