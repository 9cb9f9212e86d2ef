using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Contexts;

/// <summary>What was read, or everything that was wrong with it.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
/// <param name="Value">What was read; null when there are problems.</param>
/// <param name="Problems">All problems.</param>
public sealed record ContextCheck<T>(T? Value, IReadOnlyList<Diagnostic> Problems)
    where T : class;
