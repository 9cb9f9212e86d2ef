using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Tests.Graphs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>What holds for every plan, whatever its agents do, and wherever its process dies.</summary>
public sealed class RunEngineProperties
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20260102, 5).WithMaxTest(200);

    [Fact]
    public void Start_AnyPlan_KeepsTheRules() => Check.One(Repeatable, Prop.ForAll(Arb.From(Cases()), scenario =>
        Task.Run(() => KeepsTheRulesAsync(scenario, deaths: [])).GetAwaiter().GetResult()));

    [Fact]
    public void Resume_AnyPlanAfterAnyDeaths_KeepsTheRules() => Check.One(Repeatable, Prop.ForAll(
        Arb.From(Cases()),
        Arb.From(Gen.NonEmptyListOf(Gen.Choose(1, 12))),
        (scenario, deaths) => Task.Run(() => KeepsTheRulesAsync(scenario, deaths)).GetAwaiter().GetResult()));

    private static Gen<Scenario> Cases() =>
        from edges in DirectedGraphProperties.AcyclicGraphs()
        from outcomes in Gen.ArrayOf(Gen.Frequency((6, Gen.Constant('s')), (1, Gen.Constant('f')), (1, Gen.Constant('k')), (1, Gen.Constant('r')), (1, Gen.Constant('t'))), edges.Length)
        from criticality in Gen.ArrayOf(Gen.Elements(Criticality.Normal, Criticality.Normal, Criticality.Optional, Criticality.Critical), edges.Length)
        from optional in Gen.ArrayOf(Gen.Choose(0, 5), edges.Length)
        from resources in Gen.ArrayOf(Gen.Choose(0, 6), edges.Length)
        from parallelism in Gen.Choose(1, 5)
        select new Scenario(edges, outcomes, criticality, optional, resources, parallelism);

    /// <summary>Runs a plan to its end and looks at all that was journaled.</summary>
    /// <param name="scenario">The plan and its agents.</param>
    /// <param name="deaths">After how many appends each process dies; the one after the last lives.</param>
    private static async Task KeepsTheRulesAsync(Scenario scenario, IReadOnlyList<int> deaths)
    {
        var test = new TestRun(new RunOptions { Parallelism = scenario.Parallelism, LeaseDuration = TimeSpan.FromHours(1) });
        test.With("s", _ => StepOutcome.Success);
        test.With("f", _ => StepOutcome.Failed(Permanent));
        test.With("k", _ => StepOutcome.Skipped("nothing to do"));
        test.With("r", async (context, _) =>
        {
            await Task.Yield();
            return context.Attempt == 1 ? StepOutcome.Failed(Transient) : StepOutcome.Success;
        });
        test.With("t", async (_, _) => await new TaskCompletionSource<StepOutcome>().Task);
        var plan = PlanOf([.. Enumerable.Range(0, scenario.Edges.Length).Select(scenario.StepAt)]);
        foreach (var appends in deaths)
        {
            await GoOnAsync(test, new CuttingJournal(test.Journal, appends, isWritten: appends % 2 == 0), plan);
            test.LeaseClock.Advance(TimeSpan.FromHours(2));
        }

        var run = (await GoOnAsync(test, test.Journal, plan)).Run!;

        Assert.All(run.Steps, step => Assert.True(step.IsSettled));
        Assert.All(run.Steps.Where(step => step.State is StepState.Blocked), step =>
            Assert.Contains(run[step.Cause!].State, new[] { StepState.Failed, StepState.Skipped, StepState.TimedOut, StepState.Cancelled }));
        Assert.Equal(run.ComputeStatus(), run.Status);
        Assert.Equal(run.Status is RunStatus.Failed, run.Steps.Any(step =>
            step.State is not (StepState.Succeeded or StepState.Skipped) &&
            (step.Step.Criticality is Criticality.Critical || (step.State is StepState.Failed or StepState.TimedOut && step.Step.Criticality is Criticality.Normal))));
        CheckEvents(await test.EventsAsync(), plan, scenario.Parallelism);
    }

    private static async Task<RunResult> GoOnAsync(TestRun test, IRunJournal journal, Plan plan)
    {
        var engine = new RunEngine(journal, test.Agents, test.Options);
        return (await test.EventsAsync()) switch
        {
            [] => await test.RushAsync(engine.StartAsync(Id, plan)),
            [.., RunFinished] => new RunResult(await RunProjection.LoadAsync(test.Journal, Id), []),
            _ => await test.RushAsync(engine.ResumeAsync(Id)),
        };
    }

    private static void CheckEvents(List<RunEvent> events, Plan plan, int parallelism)
    {
        var steps = plan.Steps.ToDictionary(step => step.Id, StringComparer.Ordinal);
        var ended = new Dictionary<string, string>(StringComparer.Ordinal);
        var running = new HashSet<string>(StringComparer.Ordinal);
        var interrupted = new HashSet<string>(StringComparer.Ordinal);
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var stepEvent in events.OfType<StepEvent>())
        {
            var step = steps[stepEvent.StepId];
            switch (stepEvent)
            {
                case StepStarted:
                    Assert.All(step.DependsOn, dependency => Assert.True(ended.TryGetValue(dependency.StepId, out var how) && (dependency.IsOptional || how == "step_succeeded")));
                    Assert.All(step.Modifies, resource => Assert.Equal(step.Id, held[resource]));
                    Assert.True(running.Add(step.Id));
                    Assert.True(running.Count <= parallelism);
                    break;
                case LockAcquired acquired:
                    Assert.All(acquired.Resources, resource => held.Add(resource, step.Id));
                    break;
                case LockReleased released:
                    Assert.All(released.Resources, resource => Assert.True(held.Remove(resource)));
                    break;
                case StepRetrying:
                    Assert.True(running.Remove(step.Id));
                    break;
                case StepInterrupted:
                    Assert.True(running.Remove(step.Id));
                    interrupted.Add(step.Id);
                    break;
                case StepSucceeded or StepFailed or StepSkipped:
                    Assert.True(running.Remove(step.Id) || interrupted.Contains(step.Id));
                    ended.Add(step.Id, stepEvent.Type);
                    break;
                case StepBlocked or StepCancelled:
                    ended.Add(step.Id, stepEvent.Type);
                    break;
            }
        }
    }

    private sealed record Scenario(int[][] Edges, char[] Outcomes, Criticality[] Criticality, int[] Optional, int[] Resources, int Parallelism)
    {
        public Step StepAt(int index) => new()
        {
            Id = $"n{index:D2}",
            Agent = Outcomes[index].ToString(),
            DependsOn = [.. Edges[index].Select((dependency, i) => new StepDependency($"n{dependency:D2}", i == Optional[index]))],
            Criticality = Criticality[index],
            Timeouts = Outcomes[index] == 't' ? new StepTimeouts { Attempt = TimeSpan.FromSeconds(1) } : StepTimeouts.None,
            OnInterrupted = Optional[index] == 5 ? OnInterrupted.Fail : OnInterrupted.Retry,
            Modifies = Resources[index] switch { 0 => ["x"], 1 => ["y", "x"], 2 => ["z", "y"], _ => [] },
        };

        public override string ToString() => string.Join("; ", Enumerable.Range(0, Edges.Length).Select(i =>
            $"n{i:D2}:{Outcomes[i]}:{Criticality[i]}<-[{string.Join(',', Edges[i])}] optional {Optional[i]} resources {Resources[i]}")) + $" / {Parallelism}";
    }
}
