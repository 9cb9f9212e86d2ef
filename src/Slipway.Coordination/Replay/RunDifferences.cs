using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Replay;

/// <summary>Finds out how two runs differ.</summary>
internal sealed class RunDifferences(RunReplay a, RunReplay b)
{
    /// <summary>How many differences of one step's output, and of its input, are listed.</summary>
    public const int MostPerStep = 1_000;

    private readonly List<FieldChange> _plan = [];
    private readonly List<FieldChange> _outcome = [];
    private readonly List<FieldChange> _outputs = [];
    private readonly List<StepTiming> _timings = [];
    private readonly ArrayBufferWriter<byte> _bufferA = new();
    private readonly ArrayBufferWriter<byte> _bufferB = new();
    private long _omitted;

    public RunDiff Find()
    {
        ComparePlans();
        if (a.Run.Status != b.Run.Status) _outcome.Add(new FieldChange(null, "status", RunNames.Of(a.Run.Status), RunNames.Of(b.Run.Status)));
        var (startsA, startsB) = (Starts(a), Starts(b));
        foreach (var step in a.Run.Steps)
        {
            var id = step.Step.Id;
            if (b.Run.Find(id) is not { } other) continue;
            if (!ReferenceEquals(step.Step, other.Step)) CompareSteps(step.Step, other.Step);
            RecordFields.CompareOutcome(step, other, _outcome);
            CompareJson(id, step.Output, other.Output, _outputs);
            _timings.Add(new StepTiming(id, Place(startsA, id), Place(startsB, id), step.FinishedAt - step.StartedAt, other.FinishedAt - other.StartedAt));
        }

        return new RunDiff
        {
            RunA = a.RunId,
            RunB = b.RunId,
            OnlyInA = Missing(a.Run, b.Run),
            OnlyInB = Missing(b.Run, a.Run),
            Plan = _plan,
            Outcome = _outcome,
            Outputs = _outputs,
            Omitted = _omitted,
            Timings = _timings,
            DurationA = a.Run.EndedAt - a.Run.StartedAt,
            DurationB = b.Run.EndedAt - b.Run.StartedAt,
        };
    }

    private static IReadOnlyList<string> Missing(RunProjection run, RunProjection other) =>
        [.. run.Steps.Where(step => other.Find(step.Step.Id) is null).Select(step => step.Step.Id)];

    private static int? Place(Dictionary<string, int> starts, string stepId) => starts.TryGetValue(stepId, out var place) ? place : null;

    private static Dictionary<string, int> Starts(RunReplay replay)
    {
        var starts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var sequence = 1L; sequence <= replay.Position; sequence++)
        {
            if (replay.EntryAt(sequence).Event is StepStarted started) starts.TryAdd(started.StepId, starts.Count + 1);
        }

        return starts;
    }

    private void ComparePlans()
    {
        var (planA, planB) = (a.Run.Plan, b.Run.Plan);
        RecordFields.Add(null, "name", planA.Name, planB.Name, _plan);
        foreach (var label in planA.Labels.Keys.Union(planB.Labels.Keys).Order(StringComparer.Ordinal))
            RecordFields.Add(null, $"labels.{label}", planA.Labels.GetValueOrDefault(label), planB.Labels.GetValueOrDefault(label), _plan);
    }

    // The canonical JSON form knows every field of a step, and equal steps have equal bytes.
    private void CompareSteps(Step step, Step other)
    {
        Write(_bufferA, step);
        Write(_bufferB, other);
        if (_bufferA.WrittenSpan.SequenceEqual(_bufferB.WrittenSpan)) return;
        using var documentA = JsonDocument.Parse(_bufferA.WrittenMemory, JsonFields.ReaderOptions);
        using var documentB = JsonDocument.Parse(_bufferB.WrittenMemory, JsonFields.ReaderOptions);
        CompareJson(step.Id, documentA.RootElement, documentB.RootElement, _plan);

        static void Write(ArrayBufferWriter<byte> buffer, Step step)
        {
            buffer.ResetWrittenCount();
            using var writer = new Utf8JsonWriter(buffer, JsonFields.WriterOptions);
            PlanJson.WriteStep(writer, step);
        }
    }

    private void CompareJson(string stepId, JsonElement left, JsonElement right, List<FieldChange> differences)
    {
        var json = new JsonDifferences(stepId, MostPerStep, differences);
        json.Compare(left, right);
        _omitted += json.Omitted;
    }
}
