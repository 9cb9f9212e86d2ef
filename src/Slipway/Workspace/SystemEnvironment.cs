#pragma warning disable RS0030 // This is the door to the process' surroundings.
namespace Slipway.Workspace;

/// <summary>The surroundings of the real process.</summary>
public sealed class SystemEnvironment : IEnvironment
{
    /// <inheritdoc/>
    public string WorkingDirectory => Environment.CurrentDirectory;

    /// <inheritdoc/>
    public string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);
}
