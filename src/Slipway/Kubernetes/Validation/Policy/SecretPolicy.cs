using System.Text;
using Slipway.Documents;
using Slipway.Kubernetes.Validation.References;

namespace Slipway.Kubernetes.Validation.Policy;

/// <summary>No secret stands in a file in the clear.</summary>
internal sealed class SecretPolicy(Scope scope, FindingList findings)
{
    public void Check()
    {
        foreach (var item in scope.Objects)
        {
            if (item.IsBuilt && item.Origin is null && item.Kind == "Secret") continue;
            if (item.Kind == "Secret") CheckSecret(item);
            else if (item.Kind == "ConfigMap") CheckConfigMap(item);
            if (item.Kind != "Secret") CheckTexts(item, item.Node, NodePath.Root);
        }

        foreach (var pod in scope.Pods)
        {
            foreach (var (container, path) in pod.AllContainers)
            {
                CheckVariables(pod, container, path);
                CheckArguments(pod, container, path["command"], "command");
                CheckArguments(pod, container, path["args"], "args");
            }
        }
    }

    private void CheckSecret(ManifestObject item)
    {
        foreach (var field in (string[])["data", "stringData"])
        {
            foreach (var entry in item.Node.Mapping(field) ?? [])
            {
                if (entry.Value is not ScalarNode { Text: var text }) continue;
                var plain = field == "data" ? Decode(text) : text;
                findings.Require(
                    plain is null || SecretPatterns.IsHarmless(plain),
                    Codes.LiteralSecret,
                    item,
                    NodePath.Root[field][entry.Key],
                    $"the Secret '{item.Name}' holds the value of '{entry.Key}' in the file",
                    "use an ExternalSecret, or write REPLACE_ME and fill it in the cluster");
            }
        }
    }

    private void CheckConfigMap(ManifestObject item)
    {
        foreach (var entry in item.Node.Mapping("data") ?? [])
        {
            if (entry.Value is not ScalarNode { Text: var text }) continue;
            if (SecretPatterns.Assigned(text).FirstOrDefault() is { } assigned)
                findings.Warning(Codes.SecretInEnvironment, item, NodePath.Root["data"][entry.Key], $"'{entry.Key}' in the ConfigMap '{item.Name}' sets '{assigned}', which looks like a secret", "take the value from a Secret, as a variable or a file of its own");
            if (text.Contains('\n', StringComparison.Ordinal)) continue;
            findings.Require(
                !SecretPatterns.IsSecretName(entry.Key) || SecretPatterns.IsHarmless(text),
                Codes.SecretInEnvironment,
                item,
                NodePath.Root["data"][entry.Key],
                $"'{entry.Key}' in the ConfigMap '{item.Name}' looks like a secret",
                "move it to an ExternalSecret");
        }
    }

    private void CheckVariables(PodTemplate pod, MappingNode container, NodePath path)
    {
        var variables = container.Sequence("env") ?? [];
        for (var at = 0; at < variables.Count; at++)
        {
            if (variables[at] is not MappingNode variable || variable.Text("name") is not { } name || variable.Text("value") is not { } value) continue;
            findings.Require(
                !SecretPatterns.IsSecretName(name) || SecretPatterns.IsHarmless(value),
                Codes.SecretInEnvironment,
                pod.Owner,
                path["env"][at]["value"],
                $"the variable '{name}' holds a secret in the clear",
                "take it from a Secret with 'valueFrom.secretKeyRef'");
        }
    }

    private void CheckArguments(PodTemplate pod, MappingNode container, NodePath path, string field)
    {
        var arguments = container.Sequence(field) ?? [];
        for (var at = 0; at < arguments.Count; at++)
        {
            if (arguments[at] is not ScalarNode { Text: var text }) continue;
            var next = at + 1 < arguments.Count && arguments[at + 1] is ScalarNode { Text: var following } && !following.StartsWith('-') ? following : "";
            var assigned = text.StartsWith("--", StringComparison.Ordinal) && SecretPatterns.IsSecretName(text) && !SecretPatterns.IsHarmless(next) ? text : SecretPatterns.Assigned(text).FirstOrDefault();
            findings.Require(
                assigned is null,
                Codes.SecretInEnvironment,
                pod.Owner,
                path[at],
                $"'{assigned}' hands a secret over in the clear",
                "take it from a Secret into a variable, and write $(VARIABLE) here");
        }
    }

    private void CheckTexts(ManifestObject item, Node node, NodePath path)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping) CheckTexts(item, entry.Value, path[entry.Key]);
                break;
            case SequenceNode list:
                for (var at = 0; at < list.Count; at++) CheckTexts(item, list[at], path[at]);
                break;
            case ScalarNode { Kind: ScalarKind.String } scalar:
                if (SecretPatterns.KeyMaterial(scalar.Text) is { } what)
                    findings.Error(Codes.KeyMaterial, item, path, $"the text holds {what}", "remove it, replace the key, and use an ExternalSecret");
                break;
        }
    }

    private static string? Decode(string text)
    {
        var buffer = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length).Trim() : null;
    }
}
