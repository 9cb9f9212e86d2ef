namespace Slipway.Workspace;

/// <summary>The only door to other programs.</summary>
public interface IProcessRunner
{
    /// <summary>Finds a program on PATH.</summary>
    /// <returns>Its absolute path, or null when it is not there.</returns>
    string? Find(string program);

    /// <summary>Runs a program to its end. Cancelling kills it with all its children.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    /// <exception cref="DirectoryNotFoundException">The working directory is not there.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the program is dead.</exception>
    /// <exception cref="ProgramNotFoundException">The program is not on PATH.</exception>
    Task<ProcessResult> RunAsync(ProcessCommand command, CancellationToken cancellationToken = default);
}
