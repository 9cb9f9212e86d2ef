using System.Text.RegularExpressions;
using Slipway.Documents;
using Slipway.Platform;
using static Slipway.Kubernetes.Generation.Docs.Markdown;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>Every secret: where it comes from, what it holds, and how to fill those that Terraform does not.</summary>
internal static partial class SecretsDocument
{
    public static string Write(DocumentationSource source)
    {
        var text = source.Platform;
        var page = new Markdown().Heading(1, "Secrets");
        if (source.Inventory.Secrets.Count == 0) return page.Paragraph("This platform has no secrets.").ToString();
        page.Paragraph(
                $"Secrets live in AWS Secrets Manager in {Code(text.Region)}. External Secrets brings them into the cluster every hour through the store "
                + $"{Code(SecretStoreNames.Name)}; no manifest here holds a secret.")
            .Table(["secret", "name in Secrets Manager", "keys", "filled by"], source.Inventory.Secrets.Select(secret => new[]
            {
                Code(secret.Name),
                Code(text.RemoteName(secret)),
                Codes(secret.Keys.Select(key => key.Name)),
                secret.FromTerraform ? "Terraform" : "**a person**",
            }));
        if (source.Model.PlaceholderSecrets)
            page.Paragraph("`base/secrets/secrets.yaml` holds placeholders for clusters without a secret store. Do not put real secrets into it.");
        foreach (var secret in source.Inventory.Secrets) AppendSecret(page, source, secret);
        AppendRefresh(page, source);
        return page.ToString();
    }

    /// <summary>The properties that the JSON document in the store must have, in order; empty when the whole text is the value.</summary>
    public static IReadOnlyList<string> PropertiesOf(SecretDefinition secret)
    {
        var properties = new List<string>();
        foreach (var key in secret.Keys)
        {
            if (key.Property is not null) properties.Add(key.Property);
            if (key.Template is not null) properties.AddRange(TemplateField().Matches(key.Template).Select(match => match.Groups["field"].Value));
        }

        return [.. properties.Distinct(StringComparer.Ordinal)];
    }

    private static void AppendSecret(Markdown page, DocumentationSource source, SecretDefinition secret)
    {
        var (name, region) = (source.Platform.RemoteName(secret), source.Platform.Region);
        var properties = PropertiesOf(secret);
        page.Heading(2, secret.Name).Table(["key", "made of"], secret.Keys.Select(key => new[] { Code(key.Name), Origin(key) }));
        var users = source.Inventory.Workloads.Where(workload => Uses(source, workload, secret.Name)).Select(workload => workload.Name).ToList();
        page.Paragraph(users.Count == 0 ? "No service uses it." : $"Used by {Codes(users)}.");
        if (secret.FromTerraform)
        {
            var expected = properties.Count == 0 ? "" : $" Its JSON must have {Codes(properties)}.";
            page.Paragraph($"Terraform fills {Code(name)}.{expected} To see that it is there (not what it holds):")
                .Shell($"aws secretsmanager describe-secret --region '{region}' --secret-id {Quoted(name)}");
            return;
        }

        var content = Placeholder(properties, secret);
        page.Paragraph("Terraform does not fill it: a person must, once, before the first deployment. To make it:")
            .Shell($"aws secretsmanager create-secret --region '{region}' --name {Quoted(name)} \\", $"  --secret-string {content}")
            .Paragraph("To change it later:")
            .Shell($"aws secretsmanager put-secret-value --region '{region}' --secret-id {Quoted(name)} \\", $"  --secret-string {content}")
            .Paragraph("What stands in angle brackets is to be replaced. With `--secret-string file://secret.json` it stays out of the shell's history.");
    }

    private static void AppendRefresh(Markdown page, DocumentationSource source)
    {
        page.Heading(2, "After a change").Paragraph("External Secrets looks once an hour. To make it look now, and to see whether it found everything:");
        foreach (var environment in source.Environments)
        {
            page.Paragraph($"Environment {environment.Name}:")
                .Shell(
                [
                    .. source.Inventory.Secrets.Select(secret =>
                        $"kubectl annotate externalsecret {environment.Of(secret.Name)} --namespace {environment.Namespace} force-sync=\"$(date +%s)\" --overwrite"),
                    $"kubectl get externalsecrets --namespace {environment.Namespace}",
                ]);
        }

        page.Paragraph("Pods read secrets when they start; restart those that use a changed one (docs/deployment-guide.md says how).");
    }

    private static bool Uses(DocumentationSource source, Workload workload, string secret) =>
        workload.Environment.Any(variable => variable.Value is EntryValue.SecretKey key && key.Secret == secret)
        || workload.EnvironmentFromSecrets.Any(name => source.Platform.Of(name) == secret)
        || workload.Volumes.OfType<VolumeNeed.Secret>().Any(volume => volume.SecretName == secret);

    private static string Origin(SecretKeyDefinition key) => key switch
    {
        { Template: { } template } => Code(template),
        { Property: { } property } => $"property {Code(property)}",
        _ => "the whole text",
    };

    private static string Placeholder(IReadOnlyList<string> properties, SecretDefinition secret)
    {
        if (properties.Count == 0) return Quoted($"<{(secret.Keys is [var key, ..] ? key.Name : secret.Name)}>");
        var document = new MappingNode();
        foreach (var property in properties) document.Add(property, $"<{property}>");
        return Quoted(JsonText.Write(document, indented: false).TrimEnd('\n'));
    }

    // Only inside {{ … }}: a dot elsewhere is text, such as that of a host name.
    [GeneratedRegex("\\{\\{[^{}]*?(?:\\.(?<field>[A-Za-z_][A-Za-z0-9_]*)|index \\. \"(?<field>[^\"]+)\")[^{}]*?\\}\\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TemplateField();
}
