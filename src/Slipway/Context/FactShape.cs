namespace Slipway.Context;

/// <summary>What a fact's value must look like.</summary>
public enum FactShape
{
    /// <summary>Any text of one line.</summary>
    Text,

    /// <summary>A host name or IP address; a port after a colon and a scheme before it are cut off.</summary>
    Host,

    /// <summary>A TCP port, 1 to 65535, as a number or as digits.</summary>
    Port,

    /// <summary>An <c>https://</c> or <c>http://</c> URL.</summary>
    Url,

    /// <summary>The URL of an OIDC issuer; a missing <c>https://</c> is added.</summary>
    IssuerUrl,

    /// <summary>An ARN.</summary>
    Arn,

    /// <summary>An IPv4 or IPv6 network such as <c>10.0.0.0/16</c>.</summary>
    Cidr,

    /// <summary>An AWS region such as <c>us-east-1</c>.</summary>
    Region,

    /// <summary>An AWS account, 12 digits.</summary>
    Account,

    /// <summary>The host of a container registry, with a path where it has one, without scheme.</summary>
    Registry,

    /// <summary>A list of subnet ids.</summary>
    Subnets,

    /// <summary>URLs of repositories: a map by name, a list, or a single one.</summary>
    Repositories,
}
