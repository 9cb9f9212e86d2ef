namespace Slipway.Platform;

/// <summary>A secret, brought from the secret store by an ExternalSecret.</summary>
/// <param name="Name">The Kubernetes secret's name, unique.</param>
/// <param name="RemoteName">The secret's name in the store; <c>{project}/{environment}/{name}</c> by default.</param>
/// <param name="Keys">The keys in order of declaration.</param>
/// <param name="FromTerraform">False when no Terraform source fills it, so that a person must.</param>
/// <param name="Source">Where it was declared.</param>
public sealed record SecretDefinition(
    string Name,
    EntryValue RemoteName,
    IReadOnlyList<SecretKeyDefinition> Keys,
    bool FromTerraform,
    Provenance Source);
