using Slipway.Workspace;

namespace Slipway.Cli.Hosting;

/// <summary>How this program is called, whether it was published, installed as a tool or run from its sources.</summary>
internal static class OwnProgram
{
    /// <summary>The command without arguments of its own; null where it cannot be known.</summary>
    public static ProcessCommand? Find()
    {
        if (Environment.ProcessPath is not { } program) return null;
        if (!string.Equals(Path.GetFileNameWithoutExtension(program), "dotnet", StringComparison.OrdinalIgnoreCase)) return new ProcessCommand(program, []);
        return new ProcessCommand(program, [Path.Combine(AppContext.BaseDirectory, $"{typeof(OwnProgram).Assembly.GetName().Name}.dll")]);
    }
}
