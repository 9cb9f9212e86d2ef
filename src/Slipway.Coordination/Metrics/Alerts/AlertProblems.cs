using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>What can be wrong with alert rules, in words.</summary>
internal static class AlertProblems
{
    public static Diagnostic NotJson(string detail, int? line = null, int? column = null) => new()
    {
        Code = "SLW5610",
        Summary = "The alert rules are no JSON array of objects",
        Detail = detail,
        Place = line is null ? null : new SourcePlace(File: null, line, column),
        Fix = "write an array of rules, each an object",
    };

    public static Diagnostic UnknownField(string path, IEnumerable<string> known) => new()
    {
        Code = "SLW5611",
        Summary = "An alert rule has an unknown field, or one twice",
        Detail = $"known are {string.Join(", ", known)}",
        Place = new SourcePlace(File: null, Path: path),
        Fix = "remove it or correct its name",
    };

    public static Diagnostic MissingField(string path) => new()
    {
        Code = "SLW5612",
        Summary = "An alert rule lacks a field",
        Place = new SourcePlace(File: null, Path: path),
        Fix = "add it",
    };

    public static Diagnostic Value(string path, string detail) => new()
    {
        Code = "SLW5613",
        Summary = "A value in an alert rule is not allowed",
        Detail = detail,
        Place = new SourcePlace(File: null, Path: path),
        Fix = "correct the value",
    };

    public static Diagnostic UsedTwice(string path, string id) => new()
    {
        Code = "SLW5614",
        Summary = $"The alert rule id '{id}' is used twice",
        Place = new SourcePlace(File: null, Path: path),
        Fix = "give each rule an id of its own",
    };
}
