namespace Slipway.Platform;

/// <summary>Where Argo CD finds the generated repository.</summary>
/// <param name="RepositoryUrl">The Git URL; unknown until the user names it.</param>
/// <param name="Revision">The branch or tag; <c>main</c> by default.</param>
/// <param name="Path">The folder of the generated repository inside the Git repository; <c>.</c> by default.</param>
public sealed record GitOpsSettings(Value<string> RepositoryUrl, Value<string> Revision, Value<string> Path);
