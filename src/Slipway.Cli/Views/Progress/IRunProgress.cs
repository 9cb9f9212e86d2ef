using Slipway.Coordination.Runs;

namespace Slipway.Cli.Views.Progress;

/// <summary>Shows a run while it goes on; disposed, it has shown everything.</summary>
internal interface IRunProgress : IRunObserver, IAsyncDisposable;
