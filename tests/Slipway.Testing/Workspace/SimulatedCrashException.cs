namespace Slipway.Testing.Workspace;

/// <summary>The process "died" at this operation: code under test must not catch it, and the file system refuses everything after it.</summary>
public sealed class SimulatedCrashException() : Exception("the process died here");
