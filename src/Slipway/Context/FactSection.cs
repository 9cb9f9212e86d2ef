namespace Slipway.Context;

/// <summary>A section of the facts, such as <c>database</c>.</summary>
/// <param name="Name">Its name in <c>outputs-summary.yaml</c>; <c>project</c> for what stands at that file's top.</param>
/// <param name="Groups">Names of outputs that are objects about this section, and prefixes of outputs about it.</param>
/// <param name="Facts">Its facts in the order of the context file.</param>
public sealed record FactSection(string Name, IReadOnlyList<string> Groups, IReadOnlyList<FactDefinition> Facts);
