using Xunit;

namespace Slipway.Testing.Repository;

/// <summary>Real programs that tests need.</summary>
public static class Tools
{
    /// <summary>Goes on when a program is on PATH; otherwise fails in CI and skips elsewhere, with the reason.</summary>
    public static void Require(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (folders.Any(folder => File.Exists(Path.Combine(folder, program)))) return;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"'{program}' is not on PATH");
        Assert.Skip($"'{program}' is not on PATH");
    }
}
