using System.Buffers;
using System.Globalization;
using System.Net;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>Reads values in the shape of a fact: checks them and brings their usual spellings to one.</summary>
internal static class FactShapes
{
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    /// <summary>What is expected, in words.</summary>
    public static string Describe(FactShape shape) => shape switch
    {
        FactShape.Host => "a host name",
        FactShape.Port => "a port from 1 to 65535",
        FactShape.Url => "an https:// URL",
        FactShape.IssuerUrl => "the URL of an OIDC issuer",
        FactShape.Arn => "an ARN",
        FactShape.Cidr => "a CIDR such as 10.0.0.0/16",
        FactShape.Region => "an AWS region such as us-east-1",
        FactShape.Account => "an AWS account of 12 digits",
        FactShape.Registry => "the host of a container registry",
        FactShape.Subnets => "a list of subnet ids",
        FactShape.Repositories => "a map or list of repository URLs",
        _ => "text",
    };

    /// <summary>Reads a Terraform value. A list of one stands for its item.</summary>
    public static ShapeReading Read(FactShape shape, TerraformValue value)
    {
        if (shape == FactShape.Repositories) return RepositoryShapes.Read(value);
        if (shape == FactShape.Subnets && (value.Inner ?? value) is { Kind: not TerraformValueKind.String } many) return ReadSubnets(many);

        var single = value.Kind == TerraformValueKind.List && value.Items is [var only] ? only : value;
        var scalar = single.Kind == TerraformValueKind.String || (single.Kind == TerraformValueKind.Number && shape is FactShape.Port or FactShape.Account);
        return scalar ? Read(shape, single.Text) : ShapeReading.Wrong($"is {value.Describe()} where {Describe(shape)} is expected");
    }

    /// <summary>Reads a text.</summary>
    public static ShapeReading Read(FactShape shape, string text)
    {
        text = text.Trim();
        if (text.Length == 0) return ShapeReading.Wrong($"is empty where {Describe(shape)} is expected");
        if (text.Contains("known after apply", StringComparison.Ordinal)) return ShapeReading.Wrong("is not known before the next apply");
        var reading = shape switch
        {
            FactShape.Host => ReadHost(text),
            FactShape.Port => ReadPort(text),
            FactShape.Url => IsUrl(text) ? new ShapeReading(text.TrimEnd('/')) : null,
            FactShape.IssuerUrl => ReadIssuer(text),
            FactShape.Arn => AwsNames.IsArn(text) ? new ShapeReading(text) : null,
            FactShape.Cidr => IPNetwork.TryParse(text, out _) ? new ShapeReading(text) : null,
            FactShape.Region => AwsNames.IsRegion(text) ? new ShapeReading(text) : null,
            FactShape.Account => AwsNames.IsAccount(text) ? new ShapeReading(text) : null,
            FactShape.Registry => ReadRegistry(text),
            FactShape.Subnets => ReadSubnets(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
            FactShape.Repositories => RepositoryShapes.Read(text),
            _ => text.AsSpan().IndexOfAny('\n', '\r') < 0 ? new ShapeReading(text) : null,
        };
        return reading ?? ShapeReading.Wrong($"is no {Describe(shape).TrimStart('a', 'n', ' ')}");
    }

    private static ShapeReading? ReadHost(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var host = scheme < 0 ? text : text[(scheme + 3)..];
        var slash = host.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) host = host[..slash];
        string? port = null;
        var colon = host.LastIndexOf(':');
        if (colon >= 0)
        {
            port = host[(colon + 1)..];
            host = host[..colon];
            if (ReadPort(port) is null) return null;
        }

        var valid = host.Length is > 0 and <= 253 && host.AsSpan().IndexOfAnyExcept(HostCharacters) < 0 && host[0] is not ('.' or '-');
        return valid ? new ShapeReading(host) { Port = port } : null;
    }

    private static ShapeReading? ReadPort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? new ShapeReading(port.ToString(CultureInfo.InvariantCulture))
            : null;

    private static ShapeReading? ReadIssuer(string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}";
        return IsUrl(url) && !AwsNames.IsArn(text) ? new ShapeReading(url.TrimEnd('/')) : null;
    }

    private static ShapeReading? ReadRegistry(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var host = (scheme < 0 ? text : text[(scheme + 3)..]).TrimEnd('/');
        var name = host.Split('/')[0];
        return name.Contains('.', StringComparison.Ordinal) && host.AsSpan().IndexOfAny(" \t\n") < 0 ? new ShapeReading(host) : null;
    }

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.Host.Length > 0 && !text.Contains(' ', StringComparison.Ordinal);

    private static ShapeReading ReadSubnets(TerraformValue value)
    {
        var items = value.Kind switch
        {
            TerraformValueKind.List => value.Items,
            TerraformValueKind.Object => [.. value.Members.Select(member => member.Value)],
            _ => [],
        };
        items = [.. items.Select(item => item.Kind == TerraformValueKind.Object ? item.Member("id") ?? item.Member("subnet_id") ?? item : item)];
        var odd = items.FirstOrDefault(item => item.Kind != TerraformValueKind.String);
        if (items.Count == 0 || odd is not null)
            return ShapeReading.Wrong($"is {(odd is null ? value.Describe() : $"a list with {odd.Describe()}")} where {Describe(FactShape.Subnets)} is expected");
        return ReadSubnets([.. items.Select(item => item.Text)]);
    }

    private static ShapeReading ReadSubnets(IReadOnlyList<string> ids)
    {
        var odd = ids.FirstOrDefault(id => id.Length == 0 || id.AsSpan().IndexOfAny("/ .:") >= 0);
        return odd is null && ids.Count > 0
            ? new ShapeReading(string.Join(',', ids)) { Items = ids }
            : ShapeReading.Wrong($"holds '{odd}', which is no subnet id");
    }
}
