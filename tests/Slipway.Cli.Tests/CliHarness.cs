using Slipway.Cli.Hosting;
using Slipway.Coordination.Agents;
using Slipway.Workspace;

namespace Slipway.Cli.Tests;

/// <summary>Runs command lines in process, in a folder of their own.</summary>
public sealed class CliHarness : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-cli-");
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal) { ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" };

    /// <summary>The folder that relative paths are resolved in.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Who can do steps.</summary>
    public AgentRegistry Agents { get; } = new();

    /// <summary>What the last command wrote to standard output.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What the last command wrote to standard error.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Sets a variable for the commands that follow.</summary>
    public void SetVariable(string name, string value) => _variables[name] = value;

    /// <summary>A path in the folder.</summary>
    public string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>Writes a file in the folder.</summary>
    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    /// <summary>Reads a file of the folder.</summary>
    public string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Runs a command line and keeps what it printed.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new FolderEnvironment(Folder, _variables);
        var surroundings = new Surroundings
        {
            Files = new PhysicalFileSystem(),
            Processes = new ProcessRunner(environment),
            Self = new ProcessCommand("dotnet", [Path.Combine(AppContext.BaseDirectory, "Slipway.Cli.dll")]),
            Environment = environment,
            Time = TimeProvider.System,
            Agents = Agents,
            Out = output,
            Error = error,
        };
        var code = await CliApplication.RunAsync(arguments, surroundings, TestContext.Current.CancellationToken);
        Output = output.ToString();
        Error = error.ToString();
        return code;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class FolderEnvironment(string folder, Dictionary<string, string> variables) : IEnvironment
    {
        public string WorkingDirectory => folder;

        public string? GetVariable(string name) => variables.GetValueOrDefault(name);
    }
}
