using Slipway.Workspace;

namespace Slipway.Testing.Workspace;

/// <summary>Answers for programs as a test scripts it, and records what was run. A program without a script is not on PATH.</summary>
public sealed class ScriptedProcessRunner : IProcessRunner
{
    private readonly Lock _gate = new();
    private readonly List<ProcessCommand> _commands = [];
    private readonly Dictionary<string, Func<ProcessCommand, CancellationToken, Task<ProcessResult>>> _scripts = new(StringComparer.Ordinal);

    /// <summary>What was run, in order.</summary>
    public IReadOnlyList<ProcessCommand> Commands
    {
        get
        {
            lock (_gate) return [.. _commands];
        }
    }

    /// <summary>Puts a program on PATH that always ends in the same way.</summary>
    public ScriptedProcessRunner On(string program, string output = "", int exitCode = 0, string error = "") =>
        On(program, _ => new ProcessResult(exitCode, output, error));

    /// <summary>Puts a program on PATH that answers by its arguments and input.</summary>
    public ScriptedProcessRunner On(string program, Func<ProcessCommand, ProcessResult> script) =>
        On(program, (command, _) => Task.FromResult(script(command)));

    /// <summary>Puts a program on PATH that takes its time, until it is done or cancelled.</summary>
    public ScriptedProcessRunner On(string program, Func<ProcessCommand, CancellationToken, Task<ProcessResult>> script)
    {
        lock (_gate) _scripts[program] = script;
        return this;
    }

    /// <inheritdoc/>
    public string? Find(string program)
    {
        lock (_gate) return _scripts.ContainsKey(program) ? program.StartsWith('/') ? program : "/usr/bin/" + program : null;
    }

    /// <inheritdoc/>
    public Task<ProcessResult> RunAsync(ProcessCommand command, CancellationToken cancellationToken = default)
    {
        Func<ProcessCommand, CancellationToken, Task<ProcessResult>>? script;
        lock (_gate)
        {
            var name = command.Program.StartsWith("/usr/bin/", StringComparison.Ordinal) ? command.Program["/usr/bin/".Length..] : command.Program;
            if (!_scripts.TryGetValue(command.Program, out script) && !_scripts.TryGetValue(name, out script))
                throw new ProgramNotFoundException(command.Program);
            _commands.Add(command);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return script(command, cancellationToken);
    }
}
