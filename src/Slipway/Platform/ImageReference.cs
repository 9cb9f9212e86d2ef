namespace Slipway.Platform;

/// <summary>A container image.</summary>
/// <param name="Name">The name that manifests carry and the kustomize images transformer replaces; the workload's name by default.</param>
/// <param name="Repository">
/// Either a full repository (<c>docker.io/library/nginx</c>) or, when <paramref name="FromRegistry"/>, a repository's name in the registry.
/// In a <see cref="PlatformModel"/> it is always full.
/// </param>
/// <param name="FromRegistry">True when the repository is looked up among the registry's outputs.</param>
/// <param name="Tag">The tag, never <c>latest</c>; null only when there is a digest.</param>
/// <param name="Digest"><c>sha256:</c> and 64 hex digits, or null.</param>
public sealed record ImageReference(Value<string> Name, Value<string> Repository, bool FromRegistry, Value<string>? Tag, Value<string>? Digest);
