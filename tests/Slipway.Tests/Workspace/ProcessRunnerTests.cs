using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Workspace;

public sealed class ProcessRunnerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ProcessRunner _runner = new(new SystemEnvironment());

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task RunAsync_Arguments_ArriveAsTheyAre()
    {
        string[] arguments = ["a b", "\"quoted\"", "$HOME", "*", "", "new\nline", "ü€"];

        var result = await _runner.RunAsync(Shell("for a in \"$@\"; do printf '%s|' \"$a\"; done", arguments));

        Assert.Equal(string.Join('|', arguments) + "|", result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task RunAsync_InputEnvironmentAndDirectory_AreGiven()
    {
        var result = await _runner.RunAsync(Shell("cat; printf '%s' \"$NAME\"; ls >&2; exit 7") with
        {
            Input = "grün\n",
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["NAME"] = "value" },
            WorkingDirectory = Prepare("file.txt"),
        });

        Assert.Equal(new ProcessResult(7, "grün\nvalue", "file.txt\n"), result);
    }

    [Fact]
    public async Task RunAsync_MuchOnBothPipes_IsReadWhole()
    {
        var result = await _runner.RunAsync(Shell("i=0; while [ $i -lt 3000 ]; do printf '%0100d' $i; printf '%0100d' $i >&2; i=$((i+1)); done"));

        Assert.Equal(300_000, result.Output.Length);
        Assert.Equal(300_000, result.Error.Length);
    }

    [Fact]
    public async Task RunAsync_InputNobodyReads_IsNoFailure()
    {
        var result = await _runner.RunAsync(Shell("exit 0") with { Input = new string('x', 1_000_000) });

        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task RunAsync_NoInput_EndsTheProgramsReading()
    {
        Assert.Equal("done", (await _runner.RunAsync(Shell("cat; printf done"))).Output);
    }

    [Fact]
    public async Task RunAsync_UnknownProgram_NamesIt()
    {
        var thrown = await Assert.ThrowsAsync<ProgramNotFoundException>(() => _runner.RunAsync(new ProcessCommand("no-such-program-here", [])));

        Assert.Equal("no-such-program-here", thrown.Program);
        Assert.Null(_runner.Find("no-such-program-here"));
    }

    [Fact]
    public async Task RunAsync_MissingWorkingDirectory_SaysSo()
    {
        await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => _runner.RunAsync(Shell("exit 0") with { WorkingDirectory = _directory.At("missing") }));
    }

    [Fact]
    public async Task RunAsync_Cancelled_KillsTheProgramWithItsChildren()
    {
        using var cancel = new CancellationTokenSource();
        var ready = _directory.At("ready");
        var parent = _runner.RunAsync(Shell("sleep 600 & echo $! > \"$1.tmp\"; mv \"$1.tmp\" \"$1\"; wait", ready), cancel.Token);
        using var watcher = new FileSystemWatcher(_directory.Path) { EnableRaisingEvents = true };
        while (!File.Exists(ready)) watcher.WaitForChanged(WatcherChangeTypes.All, 50);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => parent);
        var child = (await File.ReadAllTextAsync(ready, TestContext.Current.CancellationToken)).Trim();
        var state = await _runner.RunAsync(Shell("ps -o stat= -p \"$1\" | cut -c1", child));
        Assert.True(state.Output.Trim() is "" or "Z", $"the child {child} is in state '{state.Output}'");
    }

    [Fact]
    public async Task RunAsync_ChildHoldsThePipes_CanBeCancelled()
    {
        using var cancel = new CancellationTokenSource();
        var ready = _directory.At("ready");
        var run = _runner.RunAsync(Shell("(trap 'rm \"$1\"' EXIT; : > \"$1\"; sleep 3) & exit 0", ready), cancel.Token);
        using var watcher = new FileSystemWatcher(_directory.Path) { EnableRaisingEvents = true };
        while (!File.Exists(ready)) watcher.WaitForChanged(WatcherChangeTypes.All, 50);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static ProcessCommand Shell(string script, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        return new ProcessCommand("sh", ["-c", script, "sh", .. arguments]);
    }

    private string Prepare(string file)
    {
        File.WriteAllText(_directory.At(file), "");
        return _directory.Path;
    }
}
