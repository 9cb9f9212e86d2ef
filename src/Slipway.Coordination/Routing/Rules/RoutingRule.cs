using System.Text.Json;

namespace Slipway.Coordination.Routing.Rules;

/// <summary>A rule as data: when a value of the state compares so with this value, decide that.</summary>
public sealed record RoutingRule
{
    /// <summary>The unique id among the rules of a router, 1 to 100 characters. Among rules of one priority the first id by ordinal order goes first.</summary>
    public required string RuleId { get; init; }

    /// <summary>What the rule is about, for people; null for its id. Default: null.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Which value to look at: a key, or keys separated by dots into nested objects and, by number from 0, into lists
    /// (<c>build.errors.count</c>, <c>items.0.name</c>). A dot or a backslash that belongs to a key has a backslash before it.
    /// </summary>
    public required string ConditionKey { get; init; }

    /// <summary>How to compare.</summary>
    public required RuleOperator ConditionOperator { get; init; }

    /// <summary>What to compare with: a number or text for the four orders, a list for <c>in</c> and <c>not_in</c>, anything for the rest.</summary>
    public required JsonElement ConditionValue { get; init; }

    /// <summary>What to decide. A retry is decided only where an error shows; see <see cref="EvidenceKey"/>.</summary>
    public required RoutingDecision Decision { get; init; }

    /// <summary>The task to go to, 1 to 256 characters; null for none. Default: null.</summary>
    public string? NextTask { get; init; }

    /// <summary>Which of several matching rules counts: 0 to 100, the highest. Default: 50.</summary>
    public int Priority { get; init; } = 50;

    /// <summary>
    /// For retry: the key, written like <see cref="ConditionKey"/>, whose value shows the error that the retry answers. It must be there and
    /// be neither null, false, 0 nor empty, so that a retry never fires at zero errors. Null for the condition's own key where <c>error</c>,
    /// <c>errors</c>, <c>error_count</c> or <c>failed</c> is a part of it, and for any of these four at the top of the state otherwise.
    /// Default: null.
    /// </summary>
    public string? EvidenceKey { get; init; }
}
