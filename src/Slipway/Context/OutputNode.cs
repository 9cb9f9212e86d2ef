using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>A value anywhere in the outputs, with the names on its way.</summary>
/// <param name="Parent">What it lies in, or null for an output.</param>
/// <param name="Key">Its name in normal form; an item of a list has the list's name.</param>
/// <param name="Value">The value.</param>
internal sealed record OutputNode(OutputNode? Parent, string Key, TerraformValue Value)
{
    private const string ModulePrefix = "module_";

    private static readonly string[] SubjectSuffixes = ["_connection", "_config", "_details", "_info", "_module", "_outputs", "_output"];

    /// <summary>All names on the way, joined: <c>subnet_ids_private</c>.</summary>
    public string Name => Parent is null || Parent.Key == Key ? Key : $"{Parent.Name}_{Key}";

    /// <summary>True when its name says that it is about a group (<c>rds</c>, <c>rds_info</c>, <c>module_rds</c>), or it is one of several (<c>databases</c>).</summary>
    public bool IsAbout(IReadOnlyList<string> groups) =>
        groups.Contains(Subject, StringComparer.Ordinal) || IsCollection(groups) || (Parent is not null && Parent.IsCollection(groups));

    /// <summary>What it lies in, from the nearest to the output.</summary>
    public IEnumerable<OutputNode> Ancestors => Parent is null ? [] : Parent.Ancestors.Prepend(Parent);

    /// <summary>Itself and all that lies in it, in JSON inside a text too.</summary>
    public IEnumerable<OutputNode> Walk()
    {
        yield return this;
        var content = Value.Inner ?? Value;
        var parts = content.Members
            .Select(member => new OutputNode(this, OutputNames.Normalize(member.Key), member.Value))
            .Concat(content.Items.Select(item => new OutputNode(this, Key, item)));
        foreach (var part in parts.SelectMany(part => part.Walk())) yield return part;
    }

    private string Subject
    {
        get
        {
            var subject = Key.StartsWith(ModulePrefix, StringComparison.Ordinal) ? Key[ModulePrefix.Length..] : Key;
            var suffix = Array.Find(SubjectSuffixes, ending => subject.EndsWith(ending, StringComparison.Ordinal));
            return suffix is null ? subject : subject[..^suffix.Length];
        }
    }

    private bool IsCollection(IReadOnlyList<string> groups) => Subject.EndsWith('s') && groups.Contains(Subject[..^1], StringComparer.Ordinal);
}
