namespace Slipway.Workspace;

/// <summary>A program is not on PATH.</summary>
/// <param name="program">Its name.</param>
public sealed class ProgramNotFoundException(string program) : Exception($"'{program}' is not on PATH")
{
    /// <summary>Its name.</summary>
    public string Program { get; } = program;
}
