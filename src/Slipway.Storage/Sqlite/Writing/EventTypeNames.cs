using System.Collections.Concurrent;
using System.Text;

namespace Slipway.Storage.Sqlite.Writing;

/// <summary>The names of event types as UTF-8; there are only a few, so each is encoded once.</summary>
internal static class EventTypeNames
{
    private static readonly ConcurrentDictionary<string, byte[]> Known = new(StringComparer.Ordinal);

    public static byte[] Utf8(string type) => Known.GetOrAdd(type, Encoding.UTF8.GetBytes);
}
