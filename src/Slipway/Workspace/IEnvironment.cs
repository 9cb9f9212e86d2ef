namespace Slipway.Workspace;

/// <summary>The only door to the process' surroundings.</summary>
public interface IEnvironment
{
    /// <summary>The working directory, absolute.</summary>
    string WorkingDirectory { get; }

    /// <summary>A variable, or null when it is not set.</summary>
    string? GetVariable(string name);
}
