using Slipway.Coordination.Diagnostics;

namespace Slipway.Documents.Reading;

/// <summary>An entry of a mapping whose keys the user chooses.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value; a null scalar where nothing stands.</param>
/// <param name="Path">The path of the value.</param>
/// <param name="KeyPlace">The place of the key.</param>
internal sealed record FreeEntry(string Key, Node Value, string Path, SourcePlace KeyPlace)
{
    /// <summary>An entry of the mapping at a path.</summary>
    public static FreeEntry Of(ReadScope scope, MappingEntry entry, string parent)
    {
        var path = ReadScope.Join(parent, entry.Key);
        return new FreeEntry(entry.Key, entry.Value, path, new SourcePlace(scope.File, entry.KeyPosition?.Line, entry.KeyPosition?.Column, path));
    }
}
