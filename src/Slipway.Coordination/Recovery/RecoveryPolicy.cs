using System.Text.RegularExpressions;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Recovery;

/// <summary>The rules by which a step recovers from failures that its retries did not help. Immutable and checked.</summary>
public sealed class RecoveryPolicy
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(500);

    private RecoveryPolicy(IReadOnlyList<RecoveryRule> rules, IReadOnlyList<(RecoveryRule Rule, Regex? Pattern)> inOrder)
    {
        Rules = rules;
        InOrder = inOrder;
    }

    /// <summary>No rules: a failure stands.</summary>
    public static RecoveryPolicy None { get; } = new([], []);

    /// <summary>The rules as given.</summary>
    public IReadOnlyList<RecoveryRule> Rules { get; }

    /// <summary>The agents that rules call, sorted.</summary>
    public IReadOnlyList<string> Agents =>
        [.. Rules.Select(rule => rule.Strategy.CalledAgent).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The rules in the order in which they are looked at.</summary>
    internal IReadOnlyList<(RecoveryRule Rule, Regex? Pattern)> InOrder { get; }

    /// <summary>Checks rules and makes a policy of them.</summary>
    /// <returns>The policy, or all problems.</returns>
    public static RecoveryPolicyCheck Create(IReadOnlyList<RecoveryRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var problems = RecoveryRuleCheck.Check(rules.Index());
        if (problems.Count > 0) return new RecoveryPolicyCheck(null, problems);
        var inOrder = rules.OrderByDescending(rule => rule.Priority).Select(rule => (rule, rule.Pattern is null ? null : Compile(rule.Pattern)));
        return new RecoveryPolicyCheck(new RecoveryPolicy([.. rules], [.. inOrder]), []);
    }

    /// <summary>A policy of rules that stand in code.</summary>
    /// <exception cref="ArgumentException">The rules have problems.</exception>
    public static RecoveryPolicy Of(params RecoveryRule[] rules)
    {
        var check = Create(rules);
        return check.Policy ?? throw new ArgumentException(string.Join(' ', check.Problems), nameof(rules));
    }

    internal static Regex Compile(string pattern)
    {
        const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, MatchLimit);
        }
        catch (NotSupportedException)
        {
            // Looking around and back-references need the other way, which the limit guards.
            return new Regex(pattern, Options, MatchLimit);
        }
    }
}
