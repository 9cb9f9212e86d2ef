using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Coordination.State;

namespace Slipway.Coordination.Tests.State;

/// <summary>JSON values, and what a state holds as text.</summary>
internal static class Values
{
    public static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public static JsonElement Number(long number) => Json($"{number}");

    /// <summary>Such as <c>a=1 b=null</c>, by key.</summary>
    public static string Text(StateSnapshot snapshot) => string.Join(' ', snapshot.Select(entry => $"{entry.Key}={entry.Value.Value.GetRawText()}"));

    /// <summary>Such as <c>2:set a 1->2</c>.</summary>
    public static string Text(StateChangeRecord record) =>
        $"{record.Version}:{record.Operation.ToString().ToLowerInvariant()} {record.Key} {record.OldValue?.GetRawText()}->{record.NewValue?.GetRawText()}";

    public static IEnumerable<string> Texts(IEnumerable<StateChangeRecord> records) => records.Select(Text);
}

internal sealed record Build(int Errors, string? Note);

[JsonSerializable(typeof(Build))]
internal sealed partial class BuildJson : JsonSerializerContext;
