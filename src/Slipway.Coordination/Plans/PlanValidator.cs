using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Graphs;

namespace Slipway.Coordination.Plans;

/// <summary>Says whether a plan can run. Pure and repeatable; all problems at once.</summary>
public static class PlanValidator
{
    private const int LongestId = 200;
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24);

    /// <summary>Checks a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="agents">Who can do steps; null when that is not to be checked.</param>
    public static PlanCheck Check(Plan plan, AgentRegistry? agents = null)
    {
        var problems = new List<Diagnostic>();
        var builder = new DirectedGraphBuilder(plan.Steps.Count);
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            builder.BeginNode(step.Id);
            CheckStep(step, i, builder, agents, problems);
        }

        var check = builder.Build();
        foreach (var problem in check.Problems) problems.Add(Describe(problem));
        return new PlanCheck(problems.Count == 0 ? check.Graph : null, problems);
    }

    private static void CheckStep(Step step, int index, DirectedGraphBuilder builder, AgentRegistry? agents, List<Diagnostic> problems)
    {
        if (!IsName(step.Id))
            problems.Add(Problem("SLW5005", $"steps[{index}].id", $"The id of step {index} is empty, too long or holds control characters", $"Give it an id of 1 to {LongestId} printable characters."));

        CheckDependencies(step, index, builder, problems);
        CheckAgent(step, index, agents, problems);
        CheckCalledAgents(step, index, agents, problems);
        if (!ReferenceEquals(step.Retry, RetryPolicy.Default)) CheckRetry(step, index, problems);
        if (!ReferenceEquals(step.Timeouts, StepTimeouts.None))
        {
            CheckTimeout(step, index, "timeout", step.Timeouts.Attempt, problems);
            CheckTimeout(step, index, "total_timeout", step.Timeouts.Total, problems);
            CheckTimeout(step, index, "heartbeat", step.Timeouts.Heartbeat, problems);
        }

        if (step.Approval is { } approval) CheckApproval(step, index, approval, problems);
        for (var i = 0; i < step.Modifies.Count; i++)
        {
            if (!IsName(step.Modifies[i]))
                problems.Add(Problem("SLW5010", $"steps[{index}].modifies[{i}]", $"Step '{step.Id}' modifies a resource whose name is empty, too long or holds control characters", $"Name the resource with 1 to {LongestId} printable characters."));
        }
    }

    private static void CheckDependencies(Step step, int index, DirectedGraphBuilder builder, List<Diagnostic> problems)
    {
        var dependencies = step.DependsOn;
        var seen = dependencies.Count > 1 ? new HashSet<string>(dependencies.Count, StringComparer.Ordinal) : null;
        for (var i = 0; i < dependencies.Count; i++)
        {
            builder.AddDependency(dependencies[i].StepId);
            if (seen is null || seen.Add(dependencies[i].StepId)) continue;
            problems.Add(Problem("SLW5006", $"steps[{index}].depends_on[{i}]", $"Step '{step.Id}' depends on '{dependencies[i].StepId}' twice", "Name it once."));
        }
    }

    private static void CheckAgent(Step step, int index, AgentRegistry? agents, List<Diagnostic> problems)
    {
        if (agents is null) return;
        var agent = agents.Find(step.Agent);
        if (agent is null)
        {
            problems.Add(Problem("SLW5004", $"steps[{index}].agent", $"Step '{step.Id}' names the agent '{step.Agent}', which does not exist", $"Use one of: {string.Join(", ", agents.Names)}."));
        }
        else if (step.OnInterrupted is OnInterrupted.Verify && agent is not IVerifyingAgent)
        {
            problems.Add(Problem("SLW5009", $"steps[{index}].on_interrupted", $"Step '{step.Id}' is to be verified after an interruption, but its agent '{step.Agent}' cannot verify", "Use retry or fail, or an agent that can verify."));
        }
    }

    /// <summary>The agents that are called besides the step's own: by its recovery, and to undo it.</summary>
    private static void CheckCalledAgents(Step step, int index, AgentRegistry? agents, List<Diagnostic> problems)
    {
        if (agents is null) return;
        if (step.Compensation is { } compensation) Check(compensation.Agent, "compensation.agent");
        if (step.Recovery.Rules.Count == 0) return;
        foreach (var called in step.Recovery.Agents) Check(called, "recovery");

        void Check(string agent, string field)
        {
            if (agents.Find(agent) is null)
                problems.Add(Problem("SLW5004", $"steps[{index}].{field}", $"Step '{step.Id}' names the agent '{agent}', which does not exist", $"Use one of: {string.Join(", ", agents.Names)}."));
        }
    }

    private static void CheckRetry(Step step, int index, List<Diagnostic> problems)
    {
        var retry = step.Retry;
        Check(retry.MaxRetries is >= 0 and <= 100, "max_retries", "is not between 0 and 100");
        Check(retry.FirstDelay >= TimeSpan.Zero && retry.FirstDelay <= RetryPolicy.LongestDelay, "first_delay", "is not between 0 and a day");
        Check(retry.MaxDelay >= TimeSpan.Zero && retry.MaxDelay <= RetryPolicy.LongestDelay, "max_delay", "is not between 0 and a day");
        Check(retry.Factor is >= 1 and <= 10, "factor", "is not between 1 and 10");
        Check(retry.Jitter is >= 0 and <= 1, "jitter", "is not between 0 and 1");

        void Check(bool isRight, string name, string what)
        {
            if (!isRight) problems.Add(Problem("SLW5007", $"steps[{index}].retry.{name}", $"The {name} of step '{step.Id}' {what}", "Give a value within the range."));
        }
    }

    private static void CheckApproval(Step step, int index, ApprovalPolicy approval, List<Diagnostic> problems)
    {
        if (approval.Question.Length is 0 or > 1000)
            problems.Add(Problem("SLW5011", $"steps[{index}].approval.question", $"The question before step '{step.Id}' is empty or longer than 1,000 characters", "Ask in one sentence."));
        if (approval.Expiry is { } expiry && (expiry < TimeSpan.FromMilliseconds(1) || expiry > TimeSpan.FromDays(3653)))
            problems.Add(Problem("SLW5011", $"steps[{index}].approval.expiry", $"The question before step '{step.Id}' stays open for less than 1 ms or more than 10 years", "Give a value within the range, or leave it out."));
        for (var i = 0; i < approval.Approvers.Count; i++)
        {
            if (!IsName(approval.Approvers[i]))
                problems.Add(Problem("SLW5011", $"steps[{index}].approval.approvers[{i}]", $"An approver of step '{step.Id}' has no usable name", $"Name people or groups with 1 to {LongestId} printable characters."));
        }
    }

    private static void CheckTimeout(Step step, int index, string name, TimeSpan? timeout, List<Diagnostic> problems)
    {
        if (timeout is not { } value || (value >= TimeSpan.FromMilliseconds(1) && value <= LongestTimeout)) return;
        problems.Add(Problem("SLW5008", $"steps[{index}].{name}", $"A timeout of step '{step.Id}' is not between 1 ms and 24 days", "Give a value within the range, or leave it out for no limit."));
    }

    private static Diagnostic Describe(GraphProblem problem) => problem switch
    {
        DuplicateNode duplicate => Problem("SLW5001", $"steps[{duplicate.Index}].id", $"The step id '{duplicate.Id}' is used twice", "Give every step an id of its own."),
        MissingDependency missing => Problem("SLW5002", missing.Id, $"Step '{missing.Id}' depends on '{missing.Dependency}', which does not exist", "Correct the id, or add the step."),
        DependencyCycle cycle => Problem("SLW5003", cycle.Path[0], $"Steps wait for each other: {cycle}", "Take one of these dependencies out."),
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "The set of graph problems is closed."),
    };

    private static Diagnostic Problem(string code, string path, string summary, string fix) =>
        new() { Code = code, Summary = summary, Place = new SourcePlace(null, Path: path), Fix = fix };

    private static bool IsName(string name)
    {
        if (name.Length is 0 or > LongestId) return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsControl(name[i])) return false;
            // Half a surrogate pair cannot be written as UTF-8.
            if (char.IsSurrogate(name[i]) && !(i + 1 < name.Length && char.IsSurrogatePair(name[i], name[++i]))) return false;
        }

        return true;
    }
}
