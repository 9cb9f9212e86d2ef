using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;

namespace Slipway.Templates;

/// <summary>Finds the names in a template that no value has.</summary>
internal sealed class TemplateCheck(string file, ICollection<Diagnostic> problems)
{
    public void Check(IReadOnlyList<TemplatePart> parts, ValueShape values) => Check(parts, new Scope(values, null, false));

    private void Check(IReadOnlyList<TemplatePart> parts, Scope scope)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case TemplatePart.Output output:
                    Find(output.Path, scope);
                    break;
                case TemplatePart.Condition condition:
                    Find(condition.Path, scope);
                    Check(condition.Body, scope);
                    Check(condition.Else, scope);
                    break;
                case TemplatePart.Context context:
                    Check(context.Body, new Scope(Find(context.Path, scope), scope, false));
                    Check(context.Else, scope);
                    break;
                case TemplatePart.Loop loop:
                    Check(loop.Body, new Scope(Find(loop.Path, scope)?.Element, scope, true));
                    Check(loop.Else, scope);
                    break;
            }
        }
    }

    /// <summary>Finds what a path names; null when that is not known further (a single value, or one passed whole).</summary>
    private ValueShape? Find(ValuePath path, Scope scope)
    {
        if (path.Loop != LoopProperty.None)
        {
            var inLoop = scope;
            while (inLoop is { IsLoop: false, Parent: not null }) inLoop = inLoop.Parent;
            if (!inLoop.IsLoop) Report(path, $"'{path.Text}' stands outside '{{{{#each}}}}'", "use it inside a loop");
            return null;
        }

        for (var up = path.FromRoot ? int.MaxValue : path.Up; up > 0; up--)
        {
            if (scope.Parent is null)
            {
                if (!path.FromRoot) Report(path, $"'{path.Text}' leads out of the template", "remove one '../'");
                if (!path.FromRoot) return null;
                break;
            }

            scope = scope.Parent;
        }

        var shape = scope.Values;
        foreach (var name in path.Names)
        {
            if (shape is null || (shape.Fields.Count == 0 && shape.Element is null && scope.Parent is not null)) return null;
            if (shape.IsMap) shape = shape.Element;
            else if (shape.Fields.TryGetValue(name, out var field)) shape = field;
            else
            {
                var near = Suggestion.Closest(name, shape.Fields.Keys);
                Report(
                    path,
                    $"there is no value '{path.Text}'",
                    near is null ? $"use one of: {string.Join(", ", shape.Fields.Keys.Order(StringComparer.Ordinal))}" : $"did you mean '{near}'?");
                return null;
            }
        }

        return shape;
    }

    private void Report(ValuePath path, string summary, string fix) => problems.Add(new Diagnostic
    {
        Code = TemplateCodes.UnknownValue,
        Summary = summary,
        Place = new SourcePlace(file, path.Line, path.Column),
        Fix = fix,
    });

    private sealed record Scope(ValueShape? Values, Scope? Parent, bool IsLoop);
}
