using Slipway.Workspace;

namespace Slipway.Testing.Workspace;

/// <summary>An environment that holds what a test puts in.</summary>
public sealed class FakeEnvironment : IEnvironment
{
    /// <inheritdoc/>
    public string WorkingDirectory { get; set; } = "/home/user";

    /// <summary>The variables.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? GetVariable(string name) => Variables.GetValueOrDefault(name);
}
