namespace Slipway.Platform;

/// <summary>The container registry.</summary>
/// <param name="EcrBaseUrl"><c>{account}.dkr.ecr.{region}.amazonaws.com</c>.</param>
/// <param name="RepositoryUrls">Each repository's URL without tag, by repository name (<c>demo-replica-agent-web-ui</c>), ordered by name.</param>
public sealed record RegistryFacts(Value<string> EcrBaseUrl, IReadOnlyDictionary<string, Value<string>> RepositoryUrls);
