using System.Security.Cryptography;
using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>
/// Where each scalar of the context files came from, with a hash of its text. A scalar whose text is no longer the recorded one was
/// edited by hand, and so was one that is not recorded.
/// </summary>
public sealed class ContextSources
{
    private const int HashLength = 16;

    private readonly SortedDictionary<string, SortedDictionary<string, Recorded>> _files = new(StringComparer.Ordinal);

    /// <summary>The inputs of the context, ordered by name.</summary>
    public IReadOnlyList<ContextInput> Inputs { get; init; } = [];

    /// <summary>Records every scalar of a document that has a source.</summary>
    /// <param name="file">The file's name in the context folder.</param>
    /// <param name="root">The document.</param>
    public void Record(string file, Node root) => Record(file, root, "");

    /// <summary>Where a scalar that was read came from.</summary>
    /// <param name="file">The file's name in the context folder.</param>
    /// <param name="shownFile">The file's name for messages.</param>
    /// <param name="scalar">The scalar.</param>
    /// <param name="path">Its path in the document.</param>
    public Provenance SourceOf(string file, string shownFile, ScalarNode scalar, string path) =>
        _files.TryGetValue(file, out var values) && values.TryGetValue(path, out var recorded) && recorded.Hash == Hash(scalar.Text)
            ? recorded.Source
            : new Provenance(ProvenanceKind.Edited, path, scalar.PlaceIn(shownFile, path));

    internal IEnumerable<(string File, string Path, string Hash, Provenance Source)> Entries =>
        _files.SelectMany(file => file.Value.Select(value => (file.Key, value.Key, value.Value.Hash, value.Value.Source)));

    internal void Add(string file, string path, string hash, Provenance source)
    {
        if (!_files.TryGetValue(file, out var values)) _files.Add(file, values = new SortedDictionary<string, Recorded>(StringComparer.Ordinal));
        values[path] = new Recorded(hash, source);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];

    private void Record(string file, Node node, string path)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping) Record(file, entry.Value, ReadScope.Join(path, entry.Key));
                break;
            case SequenceNode sequence:
                for (var at = 0; at < sequence.Count; at++) Record(file, sequence[at], $"{path}[{at}]");
                break;
            case ScalarNode { Source: { } source } scalar:
                Add(file, path, Hash(scalar.Text), source);
                break;
        }
    }

    private sealed record Recorded(string Hash, Provenance Source);
}
