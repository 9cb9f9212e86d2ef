using Slipway.Coordination.Diagnostics;
using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Loading;

/// <summary>Text with <c>{{ }}</c> that becomes YAML only when somebody renders it.</summary>
internal static class TemplateText
{
    /// <summary>Puts what a YAML reader complains of in a template into one sentence.</summary>
    /// <returns>The complaint; null when the text is YAML, or is none for another reason.</returns>
    public static Diagnostic? Complaint(string text, IReadOnlyList<Diagnostic> problems)
    {
        if (!problems.Any(problem => problem.Code is DocumentReader.SyntaxCode or DocumentReader.ComplexKeyCode)) return null;
        var failed = problems.Select(problem => problem.Place?.Line).ToHashSet();
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var at = content.IndexOf("{{", StringComparison.Ordinal);
            if (at < 0 || !(failed.Contains(line) || content[..at].IsWhiteSpace())) continue;
            return new Diagnostic
            {
                Code = DocumentReader.SyntaxCode,
                Summary = "this is a template, not YAML: it holds '{{'",
                Place = new SourcePlace(problems[0].Place!.File, line, at + 1),
                Fix = "render it first, such as with 'helm template', or move it out of the directory",
            };
        }

        return null;
    }
}
