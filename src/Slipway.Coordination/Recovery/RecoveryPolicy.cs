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
        var problems = RecoveryRuleCheck.Check(rules);
        var patterns = new Regex?[rules.Count];
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Pattern is not { } pattern) continue;
            try
            {
                patterns[i] = Compile(pattern);
            }
            catch (ArgumentException exception)
            {
                problems.Add(new Diagnostic
                {
                    Code = RecoveryCodes.Pattern,
                    Summary = $"The pattern of the recovery rule '{rules[i].Name}' is no regular expression",
                    Detail = exception.Message,
                    Place = new SourcePlace(null, Path: $"rules[{i}].pattern"),
                    Fix = "Correct the expression.",
                });
            }
        }

        if (problems.Count > 0) return new RecoveryPolicyCheck(null, problems);
        var inOrder = rules.Index().OrderByDescending(rule => rule.Item.Priority).Select(rule => (rule.Item, patterns[rule.Index]));
        return new RecoveryPolicyCheck(new RecoveryPolicy([.. rules], [.. inOrder]), []);
    }

    /// <summary>A policy of rules that stand in code.</summary>
    /// <exception cref="ArgumentException">The rules have problems.</exception>
    public static RecoveryPolicy Of(params RecoveryRule[] rules)
    {
        var check = Create(rules);
        return check.Policy ?? throw new ArgumentException(string.Join(' ', check.Problems), nameof(rules));
    }

    private static Regex Compile(string pattern)
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
