using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Validation.Policy;

/// <summary>Refuses values that were not known when the file was made.</summary>
internal static class UnknownMarkers
{
    public static void Check(ManifestFile file, FindingList findings)
    {
        foreach (var document in file.Documents) Check(file, findings, document.Root, NodePath.Root);
    }

    private static void Check(ManifestFile file, FindingList findings, Node node, NodePath path)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping)
                {
                    Report(file, findings, entry.Key, entry.KeyPosition, path);
                    Check(file, findings, entry.Value, path[entry.Key]);
                }

                break;
            case SequenceNode list:
                for (var at = 0; at < list.Count; at++) Check(file, findings, list[at], path[at]);
                break;
            case ScalarNode scalar:
                Report(file, findings, scalar.Text, scalar.Position, path);
                break;
        }
    }

    private static void Report(ManifestFile file, FindingList findings, string text, NodePosition? position, NodePath path)
    {
        if (UnknownMarker.Find(text) is not { } name) return;
        findings.Add(new Diagnostic
        {
            Code = Codes.Unknown,
            Summary = $"the value of '{name}' is not known",
            Place = new SourcePlace(file.Path, position?.Line, position?.Column, path.ToString()),
            Fix = "make it known in Terraform or in slipway.yaml, or fill it in the context, and generate again",
        });
    }
}
