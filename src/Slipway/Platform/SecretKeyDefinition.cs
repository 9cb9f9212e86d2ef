namespace Slipway.Platform;

/// <summary>A key of a secret.</summary>
/// <param name="Name">The key in the Kubernetes secret.</param>
/// <param name="Property">The property in the store's JSON document; null when <paramref name="Template"/> makes the value.</param>
/// <param name="Template">
/// An External Secrets template that composes the value from properties, such as
/// <c>redis://:{{ .password }}@{{ .host }}:{{ .port }}</c>, or null.
/// </param>
/// <param name="Source">Where it was declared.</param>
public sealed record SecretKeyDefinition(string Name, string? Property, string? Template, Provenance Source);
