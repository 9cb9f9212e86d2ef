using System.Globalization;
using Slipway.Documents;

namespace Slipway.Cli.Views;

/// <summary>Times in output: ISO 8601, UTC, to the millisecond for programs and to the second for people.</summary>
internal static class Timestamps
{
    public static Node Node(DateTimeOffset? time) =>
        time is { } at ? ScalarNode.Of(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)) : ScalarNode.Null();

    public static string ForPeople(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
