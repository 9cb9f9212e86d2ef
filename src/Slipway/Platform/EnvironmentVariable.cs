namespace Slipway.Platform;

/// <summary>An environment variable of a container.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">What it holds.</param>
public sealed record EnvironmentVariable(string Name, EntryValue Value);
