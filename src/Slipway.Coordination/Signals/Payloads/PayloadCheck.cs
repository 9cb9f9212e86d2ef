using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>Collects what is out of range in a payload; a sound one costs nothing but the comparisons.</summary>
internal sealed class PayloadCheck
{
    private List<Diagnostic>? _problems;

    /// <summary>About how many bytes of UTF-8 its texts and objects take.</summary>
    public long Size { get; private set; }

    public IReadOnlyList<Diagnostic> Problems => _problems ?? (IReadOnlyList<Diagnostic>)[];

    public static PayloadCheck Of(SignalPayload payload)
    {
        var check = new PayloadCheck();
        payload.Check(check);
        return check;
    }

    public void Name(string property, string? value, int longest = 100)
    {
        if (value is null || value.Length == 0 || value.Length > longest) Add(property, $"must have 1 to {longest} characters");
    }

    public void Text(string property, string? value)
    {
        if (value is null) Add(property, "must not be null");
        else OptionalText(value);
    }

    public void OptionalText(string? value)
    {
        if (value is not null) Size += Encoding.UTF8.GetByteCount(value);
    }

    public void AtLeastZero(string property, double value)
    {
        if (!(value >= 0) || double.IsInfinity(value)) Add(property, "must be a number of at least 0");
    }

    public void Share(string property, double value)
    {
        if (!(value is >= 0 and <= 1)) Add(property, "must be a number from 0 to 1");
    }

    public void Texts(string property, IReadOnlyList<string>? values)
    {
        if (values is null || values.Any(value => value is null))
        {
            Add(property, "must be a list of texts");
            return;
        }

        for (var i = 0; i < values.Count; i++) OptionalText(values[i]);
    }

    public void Object(string property, JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined)) Add(property, "must be a JSON object");
        else if (value.ValueKind is JsonValueKind.Object) Size += JsonMarshal.GetRawUtf8Value(value).Length;
    }

    public void Add(string property, string demand) => (_problems ??= []).Add(SignalProblems.BadPayload(property, demand));
}
