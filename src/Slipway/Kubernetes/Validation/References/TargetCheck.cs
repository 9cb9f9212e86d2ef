using Slipway.Documents;
using Slipway.Kubernetes.Schemas.Rules;
using Slipway.Kubernetes.Validation.Loading;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>Targets of patches and replacements that fit nothing: Kustomize passes over them without a word.</summary>
internal sealed class TargetCheck(RootReach reach, FindingList findings)
{
    public void Check(Kustomization kustomization)
    {
        foreach (var list in (string[])["patches", "replacements"])
        {
            var items = kustomization.Node.Sequence(list) ?? [];
            for (var at = 0; at < items.Count; at++)
            {
                if (items[at] is not MappingNode item) continue;
                var path = NodePath.Root[list][at];
                if (item.Mapping("target") is { } target) Require(kustomization, target, path["target"]);
                var targets = item.Sequence("targets") ?? [];
                for (var index = 0; index < targets.Count; index++)
                {
                    if ((targets[index] as MappingNode)?.Mapping("select") is { } select) Require(kustomization, select, path["targets"][index]["select"]);
                }
            }
        }
    }

    private void Require(Kustomization kustomization, MappingNode target, NodePath path)
    {
        if (target.Text("kind") is not { } kind || !IsPlain(kind)) return;
        var name = target.Text("name");
        var fits = reach.Objects.Any(entry => entry.Object.Kind == kind && (name is null || Fits(name, entry.Object.Name) || Fits(name, entry.FullName)))
            || (kind is "ConfigMap" or "Secret" && reach.Kustomizations.Any(other => other.Generators.Any()));
        findings.Advise(
            fits,
            Codes.KustomizationTargetMissing,
            kustomization.File.Objects[0],
            path,
            $"no {kind}{(name is null ? "" : $" '{name}'")} is taken up here, so that nothing is changed",
            "correct the kind and the name, or remove the entry");
    }

    // Kustomize takes names for regular expressions that must fit the whole; most are a name, or several with '|' between.
    private static bool Fits(string pattern, string name)
    {
        var names = pattern.Split('|');
        return names.All(IsPlain) ? names.Contains(name, StringComparer.Ordinal) : TextPattern.Of($"^(?:{pattern})$").Matches(name);
    }

    private static bool IsPlain(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
