namespace Slipway.Workspace;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output, as UTF-8.</param>
/// <param name="Error">What it wrote to standard error, as UTF-8.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Error);
