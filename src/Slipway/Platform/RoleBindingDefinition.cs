namespace Slipway.Platform;

/// <summary>Binds a role to service accounts.</summary>
/// <param name="Name">The binding's name.</param>
/// <param name="ServiceAccounts">The accounts' names.</param>
public sealed record RoleBindingDefinition(string Name, IReadOnlyList<string> ServiceAccounts);
