using Slipway.Documents;

namespace Slipway.Kubernetes.Generation;

/// <summary>A file that generation makes: YAML documents, or text.</summary>
public sealed class GeneratedFile
{
    private readonly string? _text;
    private readonly Lazy<string> _content;

    private GeneratedFile(string path, IReadOnlyList<Document> documents, string? text)
    {
        Path = path;
        Documents = documents;
        _text = text;
        _content = new Lazy<string>(() => _text ?? DocumentWriter.Write(Documents));
    }

    /// <summary>The path below the repository's root, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The documents with their provenance; empty for a text file. Not to be changed.</summary>
    public IReadOnlyList<Document> Documents { get; }

    /// <summary>True for a file that is not YAML (Markdown, scripts, JSON).</summary>
    public bool IsText => _text is not null;

    /// <summary>The file's content as it is written: UTF-8, LF line ends.</summary>
    public string Content => _content.Value;

    /// <summary>A file of YAML documents.</summary>
    public static GeneratedFile Yaml(string path, IReadOnlyList<Document> documents) => new(path, documents, null);

    /// <summary>A file of text.</summary>
    public static GeneratedFile PlainText(string path, string text) => new(path, [], text);

    /// <inheritdoc/>
    public override string ToString() => Path;
}
