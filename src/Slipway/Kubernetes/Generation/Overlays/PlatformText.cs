using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>The platform's facts as text for files that are not YAML; what is unknown stays visible as its marker.</summary>
/// <param name="model">The platform.</param>
/// <param name="write">Writes a value; it must never give the content of a sensitive one.</param>
internal sealed class PlatformText(PlatformModel model, Func<Value<string>, string> write)
{
    private static readonly Provenance Missing = Provenance.Derived("a part that the platform does not have");

    /// <summary>The facts of a platform, with sensitive values masked.</summary>
    public PlatformText(PlatformModel model)
        : this(model, Masked)
    {
    }

    public PlatformModel Model { get; } = model;

    public string Project => Of(Model.Facts.Project.Name);

    public string Region => Of(Model.Facts.Project.Region);

    public string Account => Of(Model.Facts.Project.AccountId);

    public string Namespace => Of(Model.Facts.Project.Namespace);

    public string Cluster => Of(Model.Facts.Cluster?.Name ?? Value.Unknown<string>("kubernetes.cluster_name", Missing));

    public string OidcProviderArn => Of(Model.Facts.Cluster?.OidcProviderArn ?? Value.Unknown<string>("kubernetes.oidc_provider_arn", Missing));

    /// <summary>The issuer without its scheme, as IAM condition keys carry it.</summary>
    public string OidcIssuer
    {
        get
        {
            var url = Of(Model.Facts.Cluster?.OidcIssuerUrl ?? Value.Unknown<string>("kubernetes.oidc_issuer_url", Missing));
            return url.StartsWith("https://", StringComparison.Ordinal) ? url["https://".Length..].TrimEnd('/') : url;
        }
    }

    /// <summary>The AWS partition: <c>aws</c>, <c>aws-cn</c> or <c>aws-us-gov</c>, by the region's name.</summary>
    public string Partition => Region switch
    {
        var region when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        var region when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ => "aws",
    };

    /// <summary>The Git repository's URL.</summary>
    public string Repository => Of(Model.GitOps.RepositoryUrl);

    /// <summary>The environments by the names they give to things; the base alone when there is none.</summary>
    public IReadOnlyList<EnvironmentNames> Environments { get; } =
        [.. model.Environments.Select(environment => new EnvironmentNames(model, environment, write))];

    /// <summary>A value as text.</summary>
    public string Of(Value<string> value) => write(value);

    /// <summary>A number as text.</summary>
    public string Of(Value<int> value) => write(value.Map(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The name of a secret in the store.</summary>
    public string RemoteName(SecretDefinition secret) => secret.RemoteName switch
    {
        EntryValue.Literal literal => Of(literal.Text),
        EntryValue.Fact fact => UnknownMarker.For(fact.Path),
        _ => secret.Name,
    };

    private static string Masked(Value<string> value) => value switch
    {
        { IsUnknown: true } => UnknownMarker.For(value.UnknownName!),
        { IsSensitive: true } => "(sensitive)",
        _ => value.Content,
    };
}
