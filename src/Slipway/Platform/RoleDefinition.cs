namespace Slipway.Platform;

/// <summary>A namespaced role and its bindings.</summary>
/// <param name="Name">The role's name.</param>
/// <param name="Rules">What it grants.</param>
/// <param name="Bindings">The role bindings: the binding's name and the service accounts it binds.</param>
/// <param name="Source">Where it was declared.</param>
public sealed record RoleDefinition(
    string Name,
    IReadOnlyList<RoleRule> Rules,
    IReadOnlyList<RoleBindingDefinition> Bindings,
    Provenance Source);
