namespace Slipway.Platform;

/// <summary>A rule of a role.</summary>
/// <param name="ApiGroups">API groups; the empty string is the core group.</param>
/// <param name="Resources">Resources in the plural.</param>
/// <param name="Verbs">Verbs such as <c>get, list, watch</c>.</param>
/// <param name="ResourceNames">Only these objects; empty for all.</param>
public sealed record RoleRule(
    IReadOnlyList<string> ApiGroups,
    IReadOnlyList<string> Resources,
    IReadOnlyList<string> Verbs,
    IReadOnlyList<string> ResourceNames);
