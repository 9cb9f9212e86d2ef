using System.Globalization;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.Agents;

namespace Slipway.CrashHost;

/// <summary>An agent whose effect outlives the process: a line in a file, on the disk before the step is called done.</summary>
/// <param name="file">The file of effects.</param>
internal sealed class EffectAgent(string file) : IAgent
{
    public const string Name = "effect";

    private readonly Lock _gate = new();

    public ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var sum = 1L;
        foreach (var dependency in context.Step.DependsOn) sum += context.OutputOf(dependency.StepId)!.Value.GetInt64();
        var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{context.StepId} {context.Attempt} {context.RunId}\n"));
        lock (_gate)
        {
            using var effects = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            effects.Write(line);
            effects.Flush(flushToDisk: true);
        }

        return new ValueTask<StepOutcome>(StepOutcome.Succeeded(JsonSerializer.SerializeToElement(sum)));
    }
}
