using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Recovery;

/// <summary>
/// The JSON form of a policy: <c>{"rules": [{"name", "priority", "codes", "kinds", "pattern", "max_uses", "strategy", …}]}</c>, where a
/// rule holds the fields of its strategy beside its own: <c>max_retries</c> and <c>delay_ms</c>; <c>agent</c> and <c>input</c>;
/// <c>output</c> and <c>note</c>; <c>agent</c>; <c>to</c>, <c>question</c> and <c>expiry_ms</c>. Defaults are left out.
/// </summary>
public static class RecoveryPolicyJson
{
    private static readonly Dictionary<string, FailureKind> Kinds = Enum.GetValues<FailureKind>().ToDictionary(RunNames.Of);

    private static readonly Dictionary<string, Func<JsonShape, RecoveryStrategy>> Strategies = new(StringComparer.Ordinal)
    {
        ["retry"] = ReadRetry,
        ["alternative_path"] = shape => new AlternativePath { Agent = shape.RequiredText("agent"), Input = Clone(shape.Any("input")) },
        ["graceful_degradation"] = shape => new GracefulDegradation { Output = Clone(shape.Any("output")), Note = shape.Text("note") },
        ["error_correction"] = shape => new ErrorCorrection { Agent = shape.RequiredText("agent") },
        ["escalation"] = ReadEscalation,
    };

    /// <summary>Writes a policy as UTF-8. Equal policies give equal bytes.</summary>
    public static void Write(IBufferWriter<byte> output, RecoveryPolicy policy)
    {
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        Write(writer, policy);
    }

    /// <summary>Reads a policy strictly: unknown fields and every other problem are reported at once, each with its path.</summary>
    /// <param name="json">The object.</param>
    /// <param name="path">Where it lies in its document, for problems. Default: it is the document.</param>
    public static RecoveryPolicyCheck Read(JsonElement json, string path = "")
    {
        var problems = new List<Diagnostic>();
        var rules = new List<(int Index, RecoveryRule Rule)>();
        if (JsonShape.Open(json, path, RecoveryCodes.Shape, problems) is { } root)
        {
            root.Required("rules");
            foreach (var (index, item) in root.List("rules").Index())
            {
                var known = problems.Count;
                if (JsonShape.Open(item, root.PathOf($"rules[{index}]"), RecoveryCodes.Shape, problems) is not { } shape) continue;
                if (ReadRule(shape) is { } rule && problems.Count == known) rules.Add((index, rule));
            }

            root.Finish();
            problems.AddRange(RecoveryRuleCheck.Check(rules).Select(problem => problem with { Place = new SourcePlace(null, Path: root.PathOf(problem.Place!.Path!)) }));
        }

        return problems.Count > 0 ? new RecoveryPolicyCheck(null, problems) : RecoveryPolicy.Create([.. rules.Select(rule => rule.Rule)]);
    }

    internal static void Write(Utf8JsonWriter writer, RecoveryPolicy policy)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("rules");
        foreach (var rule in policy.Rules) WriteRule(writer, rule);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter writer, RecoveryRule rule)
    {
        writer.WriteStartObject();
        writer.WriteString("name", rule.Name);
        if (rule.Priority != 5) writer.WriteNumber("priority", rule.Priority);
        WriteTexts(writer, "codes", rule.Codes);
        WriteTexts(writer, "kinds", [.. rule.Kinds.Select(RunNames.Of)]);
        WriteText(writer, "pattern", rule.Pattern);
        if (rule.MaxUses != 1) writer.WriteNumber("max_uses", rule.MaxUses);
        writer.WriteString("strategy", rule.Strategy.Name);
        WriteText(writer, "agent", rule.Strategy.CalledAgent);
        switch (rule.Strategy)
        {
            case RetryRecovery retry:
                writer.WriteNumber("max_retries", retry.MaxRetries);
                writer.WriteNumber("delay_ms", JsonFields.Milliseconds(retry.Delay));
                break;
            case AlternativePath path:
                JsonFields.WriteElement(writer, "input", path.Input);
                break;
            case GracefulDegradation degradation:
                JsonFields.WriteElement(writer, "output", degradation.Output);
                WriteText(writer, "note", degradation.Note);
                break;
            case Escalation escalation:
                WriteTexts(writer, "to", escalation.To);
                writer.WriteString("question", escalation.Question);
                if (escalation.Expiry is { } expiry) writer.WriteNumber("expiry_ms", JsonFields.Milliseconds(expiry));
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0) JsonFields.WriteTexts(writer, name, texts);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }

    private static RecoveryRule? ReadRule(JsonShape shape)
    {
        var rule = new RecoveryRule
        {
            Name = shape.RequiredText("name"),
            Priority = shape.Integer("priority") ?? 5,
            Codes = shape.Texts("codes"),
            Kinds = [.. shape.Texts("kinds").Index().Select(kind => shape.Choice($"kinds[{kind.Index}]", kind.Item, Kinds)).OfType<FailureKind>()],
            Pattern = shape.Text("pattern"),
            MaxUses = shape.Integer("max_uses") ?? 1,
            Strategy = new RetryRecovery(),
        };
        var strategy = shape.RequiredText("strategy");
        if (!Strategies.TryGetValue(strategy, out var read))
        {
            // Without the strategy nobody can say which fields belong.
            if (strategy.Length > 0) shape.Report(RecoveryCodes.Shape.Value, "strategy", $"is '{strategy}', which does not exist", $"Use one of: {string.Join(", ", Strategies.Keys)}.");
            return null;
        }

        rule = rule with { Strategy = read(shape) };
        shape.Finish();
        return rule;
    }

    private static RetryRecovery ReadRetry(JsonShape shape)
    {
        var defaults = new RetryRecovery();
        return new RetryRecovery { MaxRetries = shape.Integer("max_retries") ?? defaults.MaxRetries, Delay = shape.Milliseconds("delay_ms") ?? defaults.Delay };
    }

    private static Escalation ReadEscalation(JsonShape shape)
    {
        shape.Required("to");
        return new Escalation { To = shape.Texts("to"), Question = shape.RequiredText("question"), Expiry = shape.Milliseconds("expiry_ms") };
    }

    private static JsonElement Clone(JsonElement json) => json.ValueKind is JsonValueKind.Undefined ? json : json.Clone();
}
