namespace Slipway.Performance;

/// <summary>Runs durable runs in processes of their own, which it may kill.</summary>
public interface IRestartBackend
{
    /// <summary>Starts a process with a run, kills it when about half of the run is done, and lets another process go on with it to the end.</summary>
    /// <param name="steps">How many steps the run has, one after the other.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">A process could not be started, ended too early, or did something twice.</exception>
    Task<RestartFigures> KillAndResumeAsync(int steps, CancellationToken cancellationToken);
}
