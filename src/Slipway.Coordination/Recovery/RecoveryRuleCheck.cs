using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Recovery;

/// <summary>Says what is wrong with the rules of a policy.</summary>
internal static class RecoveryRuleCheck
{
    private const int LongestName = 100;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromDays(366);

    /// <summary>All problems of rules, each with its place among those that were read.</summary>
    public static List<Diagnostic> Check(IEnumerable<(int Index, RecoveryRule Rule)> rules)
    {
        var problems = new List<Diagnostic>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, rule) in rules)
        {
            if (rule.Name is not { Length: >= 1 and <= LongestName })
                Add(RecoveryCodes.Name, "name", $"The name of recovery rule {index} is empty or too long", $"Give it a name of 1 to {LongestName} characters.");
            else if (!names.Add(rule.Name))
                Add(RecoveryCodes.Name, "name", $"Two recovery rules are called '{rule.Name}'", "Give every rule a name of its own: its uses are counted by it.");
            Range("priority", rule.Priority is >= 1 and <= 10, "1 to 10");
            Range("max_uses", rule.MaxUses is >= 1 and <= 100, "1 to 100");
            CheckPattern(rule.Pattern);
            CheckStrategy(rule.Strategy);

            void CheckPattern(string? pattern)
            {
                try
                {
                    if (pattern is not null) RecoveryPolicy.Compile(pattern);
                }
                catch (ArgumentException exception)
                {
                    Add(RecoveryCodes.Pattern, "pattern", $"The pattern of the recovery rule '{rule.Name}' is no regular expression", "Correct the expression.", exception.Message);
                }
            }

            void CheckStrategy(RecoveryStrategy strategy)
            {
                if (strategy.CalledAgent is "") Incomplete("agent", "names no agent");
                switch (strategy)
                {
                    case RetryRecovery retry:
                        Range("max_retries", retry.MaxRetries is >= 1 and <= 100, "1 to 100");
                        Range("delay_ms", retry.Delay >= TimeSpan.Zero && retry.Delay <= LongestDelay, "0 to a day");
                        break;
                    case Escalation escalation:
                        if (escalation.To.Count == 0 || escalation.To.Any(string.IsNullOrWhiteSpace)) Incomplete("to", "does not say whom to ask");
                        if (string.IsNullOrWhiteSpace(escalation.Question)) Incomplete("question", "does not say what to ask");
                        Range("expiry_ms", escalation.Expiry is not { } expiry || (expiry > TimeSpan.Zero && expiry <= LongestExpiry), "more than 0 and at most 366 days");
                        break;
                }
            }

            void Range(string field, bool isRight, string range)
            {
                if (!isRight) Add(RecoveryCodes.Range, field, $"The {field} of the recovery rule '{rule.Name}' is not {range}", "Give a value within the range.");
            }

            void Incomplete(string field, string what) => Add(RecoveryCodes.Incomplete, field, $"The recovery rule '{rule.Name}' {what}", $"Fill in '{field}'.");

            void Add(string code, string field, string summary, string fix, string? detail = null) =>
                problems.Add(new Diagnostic { Code = code, Summary = summary, Detail = detail, Place = new SourcePlace(null, Path: $"rules[{index}].{field}"), Fix = fix });
        }

        return problems;
    }
}
