namespace Slipway.Platform;

/// <summary>A service account.</summary>
/// <param name="Name">The account's name, unique.</param>
/// <param name="Tier">The tier it belongs to, or null (the External Secrets operator's).</param>
/// <param name="IrsaRole">The key of its IAM role among <see cref="InfrastructureFacts.IrsaRoles"/>, or null.</param>
/// <param name="Source">Where it was declared.</param>
public sealed record ServiceAccountDefinition(string Name, string? Tier, string? IrsaRole, Provenance Source);
