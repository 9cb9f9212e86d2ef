using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Contexts;

/// <summary>What the parts of a package may be. Every problem is added with the path of its JSON form.</summary>
internal static class ContextRules
{
    private const int LongestName = 100;

    public static void CheckName(string? name, string path, string what, List<Diagnostic> problems)
    {
        if (name is { Length: > 0 and <= LongestName } && !name.Any(char.IsControl)) return;
        var state = string.IsNullOrEmpty(name) ? "is missing" : "is too long or holds control characters";
        problems.Add(Problem(ContextCodes.Name, path, $"The {what} {state}", $"Give a {what} of 1 to {LongestName} printable characters."));
    }

    public static void Check(AgentAssignment assignment, string path, List<Diagnostic> problems)
    {
        if (assignment.AgentRole is { } role) CheckName(role, At(path, "agent_role"), "role", problems);
        foreach (var (index, dependency) in assignment.Dependencies.Index()) CheckName(dependency, At(path, $"dependencies[{index}]"), "id of an agent", problems);
        CheckValues(assignment.InputData, At(path, "input_data"), problems);
        CheckValues(assignment.OutputRequirements, At(path, "output_requirements"), problems);
        CheckValues(assignment.SuccessCriteria, At(path, "success_criteria"), problems);
    }

    public static void Check(SharedIntelligence shared, string path, List<Diagnostic> problems)
    {
        foreach (var (name, field) in ContextNames.Fields) Check(field, shared[field], At(path, name), problems);
    }

    /// <summary>Checks one part of shared intelligence: patterns are lists, and the dependency graph's lists are of texts.</summary>
    public static void Check(SharedIntelligenceField field, IReadOnlyDictionary<string, JsonElement> data, string path, List<Diagnostic> problems)
    {
        if (!CheckValues(data, path, problems)) return;
        if (field is not (SharedIntelligenceField.PatternLibrary or SharedIntelligenceField.DependencyGraph)) return;
        foreach (var (name, value) in data)
        {
            var isRight = value.ValueKind is JsonValueKind.Array
                && (field is SharedIntelligenceField.PatternLibrary || value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String));
            if (isRight) continue;
            var what = field is SharedIntelligenceField.PatternLibrary ? "a list" : "a list of texts";
            problems.Add(Problem(ContextCodes.WrongData, At(path, name), $"'{At(path, name)}' must be {what} but is {JsonShape.Describe(value)}", $"Give {what}."));
        }
    }

    public static void Check(CoordinationProtocols protocols, string path, List<Diagnostic> problems)
    {
        CheckTime(protocols.UpdateInterval, 100, At(path, "update_interval_ms"), problems);
        CheckTime(protocols.HeartbeatInterval, 100, At(path, "heartbeat_interval_ms"), problems);
        CheckName(protocols.StatusUpdateChannel, At(path, "status_update_channel"), "channel", problems);
        CheckName(protocols.ResultDeliveryChannel, At(path, "result_delivery_channel"), "channel", problems);
        CheckName(protocols.ErrorReportingChannel, At(path, "error_reporting_channel"), "channel", problems);
    }

    public static void Check(ResourceAllocation resources, string path, List<Diagnostic> problems)
    {
        CheckTime(resources.MaxExecutionTime, 1000, At(path, "max_execution_time_ms"), problems);
        CheckRange(resources.MaxRetryAttempts is >= 0 and <= 100, At(path, "max_retry_attempts"), "0 to 100", problems);
        CheckRange(resources.MaxMemoryMb >= 1, At(path, "max_memory_mb"), "1 or more", problems);
        CheckRange(resources.QualityThreshold is >= 0 and <= 1, At(path, "quality_threshold"), "0 to 1", problems);
        CheckTime(resources.Timeout, 100, At(path, "timeout_ms"), problems);
        CheckRange(resources.ConcurrencyLimit >= 1, At(path, "concurrency_limit"), "1 or more", problems);
    }

    public static void CheckRange(bool isRight, string path, string range, List<Diagnostic> problems)
    {
        if (!isRight) problems.Add(Problem(ContextCodes.Range, path, $"'{path}' must be {range}", "Give a value within the range."));
    }

    /// <summary>How many bytes of UTF-8 the names and values take.</summary>
    public static long SizeOf(IReadOnlyDictionary<string, JsonElement> data)
    {
        var size = 0L;
        foreach (var (name, value) in data) size += Encoding.UTF8.GetByteCount(name) + JsonMarshal.GetRawUtf8Value(value).Length;
        return size;
    }

    public static long SizeOf(SharedIntelligence shared) => ContextNames.Fields.Values.Sum(field => SizeOf(shared[field]));

    public static long SizeOf(AgentAssignment assignment)
    {
        var size = Encoding.UTF8.GetByteCount(assignment.Objective) + SizeOf(assignment.InputData) + SizeOf(assignment.OutputRequirements) + SizeOf(assignment.SuccessCriteria);
        foreach (var task in assignment.Tasks) size += Encoding.UTF8.GetByteCount(task);
        foreach (var dependency in assignment.Dependencies) size += Encoding.UTF8.GetByteCount(dependency);
        return size;
    }

    public static string MeantOr(string id, IReadOnlyCollection<string> candidates, string otherwise)
    {
        const int MostCandidates = 1_000;
        return candidates.Count <= MostCandidates && Suggestion.Closest(id, candidates) is { } near ? $"Did you mean '{near}'?" : otherwise;
    }

    public static Diagnostic Problem(string code, string? path, string summary, string fix) =>
        new() { Code = code, Summary = summary, Place = path is null ? null : new SourcePlace(null, Path: path), Fix = fix };

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static void CheckTime(TimeSpan time, int leastMilliseconds, string path, List<Diagnostic> problems) =>
        CheckRange(time >= TimeSpan.FromMilliseconds(leastMilliseconds), path, $"{leastMilliseconds} ms or more", problems);

    private static bool CheckValues(IReadOnlyDictionary<string, JsonElement> data, string path, List<Diagnostic> problems)
    {
        var isRight = true;
        foreach (var (name, value) in data)
        {
            if (value.ValueKind is not JsonValueKind.Undefined) continue;
            isRight = false;
            problems.Add(Problem(ContextCodes.WrongData, At(path, name), $"'{At(path, name)}' is undefined", "Give a value; a JSON null is one."));
        }

        return isRight;
    }
}
