using System.Globalization;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Signals;

/// <summary>Why a signal is refused.</summary>
internal static class SignalProblems
{
    public static Diagnostic BadCoordinationId() => new()
    {
        Code = "SLW5301",
        Summary = "The coordination id is unusable",
        Fix = "Give it 1 to 100 characters without control characters.",
    };

    public static Diagnostic BadType(string? name) => new()
    {
        Code = "SLW5302",
        Summary = $"'{name}' cannot be a type of signals",
        Fix = "Use 1 to 100 characters of a-z, 0-9, '_', '.' and '-'.",
    };

    public static Diagnostic UnknownType(SignalType type, IEnumerable<SignalType> known) => new()
    {
        Code = "SLW5303",
        Summary = $"Signals of type '{type}' are not known here",
        Detail = $"known are {string.Join(", ", known)}",
        Fix = "Correct the type, or add it to the known types of the hub.",
    };

    public static Diagnostic BadAgent(string role, string? name) => new()
    {
        Code = "SLW5304",
        Summary = $"'{name}' cannot be a {role}",
        Fix = "Name agents with 1 to 100 characters without control characters.",
    };

    public static Diagnostic TooManyRecipients(int count, int most) => new()
    {
        Code = "SLW5305",
        Summary = $"A signal has {count} recipients",
        Detail = $"it can have {most}",
        Fix = "Leave the recipients out to reach everybody.",
    };

    public static Diagnostic NotAnObject(string property) => new()
    {
        Code = "SLW5306",
        Summary = $"'{property}' is not a JSON object",
        Place = new SourcePlace(null, Path: property),
        Fix = "Give a JSON object, or leave it out.",
    };

    public static Diagnostic BadPayload(string property, string demand) => new()
    {
        Code = "SLW5307",
        Summary = $"'{property}' {demand}",
        Place = new SourcePlace(null, Path: $"event_data.{property}"),
        Fix = "Correct the data, or use a type of signals of your own.",
    };

    public static Diagnostic BadReference(string property, int longest) => new()
    {
        Code = "SLW5308",
        Summary = $"'{property}' is unusable",
        Place = new SourcePlace(null, Path: property),
        Fix = $"Give it 1 to {longest} characters, or leave it out.",
    };

    public static Diagnostic Completed(string coordinationId) => new()
    {
        Code = "SLW5309",
        Summary = $"The coordination '{coordinationId}' is completed",
        Fix = "Publish before it is completed, or under an id of its own.",
    };

    public static Diagnostic StoreFailed(string coordinationId, string detail) => new()
    {
        Code = "SLW5311",
        Summary = $"A signal of the coordination '{coordinationId}' could not be stored",
        Detail = detail,
        Fix = "Mend the cause, see whether the signal is in the history, and publish it again if it is not.",
    };

    public static Diagnostic TooLarge(long size, long most) => new()
    {
        Code = "SLW5312",
        Summary = string.Create(CultureInfo.InvariantCulture, $"The data and metadata of a signal have {size} bytes, more than {most}"),
        Fix = "Send where the data are instead of the data, or raise MaxSignalBytes.",
    };

    public static Diagnostic BadPriority() => new()
    {
        Code = "SLW5313",
        Summary = $"The priority of a signal is no whole number from {SignalPriority.Lowest} to {SignalPriority.Highest}",
        Place = new SourcePlace(null, Path: "metadata.priority"),
        Fix = "Give such a number, or leave it out.",
    };

    public static Diagnostic SubscriberFull(string coordinationId) => new()
    {
        Code = "SLW5310",
        Summary = $"A subscriber of the coordination '{coordinationId}' has to catch up first",
        Fix = "Publish asynchronously, which waits for it, or let the subscription drop what is old.",
    };
}
