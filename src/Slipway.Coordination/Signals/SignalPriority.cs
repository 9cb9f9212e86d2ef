using System.Text.Json;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Signals;

/// <summary>
/// How urgent a signal is, as its metadata say: <c>{"priority": 8}</c>. It changes no order, since everybody sees signals in the order of
/// publishing; it is there for consumers, and for <see cref="SignalFilter.MinPriority"/>.
/// </summary>
public static class SignalPriority
{
    /// <summary>The least urgent.</summary>
    public const int Lowest = 1;

    /// <summary>That of a signal that does not say.</summary>
    public const int Default = 5;

    /// <summary>The most urgent.</summary>
    public const int Highest = 10;

    private const string Name = "priority";

    /// <summary>The same signal with a priority; its other metadata stay.</summary>
    /// <param name="draft">The signal.</param>
    /// <param name="priority">1 to 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is no such priority.</exception>
    public static SignalDraft WithPriority(this SignalDraft draft, int priority)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentOutOfRangeException.ThrowIfLessThan(priority, Lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, Highest);
        return draft with
        {
            Metadata = JsonFields.Make(writer =>
            {
                writer.WriteStartObject();
                if (draft.Metadata.ValueKind is JsonValueKind.Object)
                {
                    foreach (var property in draft.Metadata.EnumerateObject().Where(property => property.Name != Name)) property.WriteTo(writer);
                }

                writer.WriteNumber(Name, priority);
                writer.WriteEndObject();
            }),
        };
    }

    /// <summary>The priority of a signal, 1 to 10; <see cref="Default"/> where its metadata do not say.</summary>
    public static int Of(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return Find(signal.Metadata, out var priority) ? priority : Default;
    }

    /// <summary>True for metadata without a priority, or with one from 1 to 10.</summary>
    internal static bool IsUsable(JsonElement metadata) =>
        metadata.ValueKind is not JsonValueKind.Object || !metadata.TryGetProperty(Name, out _) || Find(metadata, out _);

    private static bool Find(JsonElement metadata, out int priority)
    {
        priority = Default;
        return metadata.TryGetProperty(Name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out priority) && priority is >= Lowest and <= Highest;
    }
}
