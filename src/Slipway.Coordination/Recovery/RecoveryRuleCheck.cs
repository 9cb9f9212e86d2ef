using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Recovery;

/// <summary>Says what is wrong with the rules of a policy, patterns aside.</summary>
internal static class RecoveryRuleCheck
{
    private const int LongestName = 100;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromDays(366);

    public static List<Diagnostic> Check(IReadOnlyList<RecoveryRule> rules)
    {
        var problems = new List<Diagnostic>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            if (rule.Name is not { Length: >= 1 and <= LongestName })
                Add(RecoveryCodes.Name, i, "name", $"The name of recovery rule {i} is empty or too long", $"Give it a name of 1 to {LongestName} characters.");
            else if (!names.Add(rule.Name))
                Add(RecoveryCodes.Name, i, "name", $"Two recovery rules are called '{rule.Name}'", "Give every rule a name of its own: its uses are counted by it.");
            Range(i, "priority", rule.Priority is >= 1 and <= 10, "1 to 10");
            Range(i, "max_uses", rule.MaxUses is >= 1 and <= 100, "1 to 100");
            CheckStrategy(i, rule.Strategy);
        }

        return problems;

        void CheckStrategy(int index, RecoveryStrategy strategy)
        {
            if (strategy.CalledAgent is "") Incomplete(index, "agent", "names no agent");
            switch (strategy)
            {
                case RetryRecovery retry:
                    Range(index, "max_retries", retry.MaxRetries is >= 1 and <= 100, "1 to 100");
                    Range(index, "delay_ms", retry.Delay >= TimeSpan.Zero && retry.Delay <= LongestDelay, "0 to a day");
                    break;
                case Escalation escalation:
                    if (escalation.To.Count == 0 || escalation.To.Any(string.IsNullOrWhiteSpace)) Incomplete(index, "to", "does not say whom to ask");
                    if (string.IsNullOrWhiteSpace(escalation.Question)) Incomplete(index, "question", "does not say what to ask");
                    Range(index, "expiry_ms", escalation.Expiry is not { } expiry || (expiry > TimeSpan.Zero && expiry <= LongestExpiry), "more than 0 and at most 366 days");
                    break;
            }
        }

        void Range(int index, string field, bool isRight, string range)
        {
            if (!isRight) Add(RecoveryCodes.Range, index, field, $"The {field} of the recovery rule '{rules[index].Name}' is not {range}", "Give a value within the range.");
        }

        void Incomplete(int index, string field, string what) =>
            Add(RecoveryCodes.Incomplete, index, field, $"The recovery rule '{rules[index].Name}' {what}", $"Fill in '{field}'.");

        void Add(string code, int index, string field, string summary, string fix) =>
            problems.Add(new Diagnostic { Code = code, Summary = summary, Place = new SourcePlace(null, Path: $"rules[{index}].{field}"), Fix = fix });
    }
}
