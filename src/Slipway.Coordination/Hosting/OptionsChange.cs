using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Hosting;

/// <summary>A change of the engine's options that a container will make.</summary>
internal sealed record OptionsChange(Func<RunOptions, RunOptions> Configure);
