using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Slipway.Benchmarks.Suites;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.State;
using Slipway.Performance.Probes;
using Slipway.Storage.Sqlite;

namespace Slipway.Benchmarks.Engine;

/// <summary>
/// A million steps in four thousand runs on two engines, one in memory and one on SQLite that prunes, with locks, signals and shared state. It fails
/// when what the process holds grows from the third quarter to the fourth by more than a few objects a run would make.
/// </summary>
internal sealed class SoakSuite : ISuite
{
    private const int Steps = 1_000_000;
    private const int StepsInARun = 250;
    private const int RunsAtOnce = 4;
    private const int StepsBetweenSamples = 50_000;
    private const int RoundsBetweenPrunings = 10;
    private const int Busy = 25;

    // A thousand runs an engine lie between the quarters: an object of 1 KB kept of each would be 1 MB.
    private const long MostHeapGrowth = 1L << 20;
    private const long MostWorkingSetGrowth = 24L << 20;
    private const int MostHandleGrowth = 4;

    private static readonly SignalDraft Draft = new(new AgentCompleted { AgentId = "soak", QualityScore = 0.9 });
    private static readonly JsonElement Value = JsonSerializer.SerializeToElement("value");

    public string Name => "soak";

    public bool IsOnRequest => true;

    public async Task RunAsync(TextWriter output)
    {
        using var scratch = new ScratchDirectory();
        var memory = new InMemoryJournal(TimeProvider.System);
        await using var store = SqliteStore.Open(new SqliteStoreOptions { File = scratch.NewFile() }, TimeProvider.System);
        var agents = new AgentRegistry { { BenchPlans.Agent, new DelegateAgent(ActAsync) } };
        var inMemory = new RunEngine(memory, agents, new RunOptions { EngineParallelism = 32 });
        var onDisk = new RunEngine(store.Journal, agents, new RunOptions { EngineParallelism = 64, Parallelism = 32, Locks = store.Locks });
        var plan = BenchPlans.FanOut(StepsInARun);
        plan = plan with { Steps = [.. plan.Steps.Select((step, at) => at % Busy == 0 ? step with { Modifies = ["shared"] } : step)] };
        var samples = new List<(long Heap, long WorkingSet, int Handles)>();
        var table = new ResultTable($"Soak: {Text(Steps)} steps, half in memory and half on SQLite", "steps so far", "seconds", "bytes alive", "working set", "handles", "journal");
        var begun = Stopwatch.GetTimestamp();
        var round = 0;
        for (var done = 0; done < Steps;)
        {
            var names = Enumerable.Range(0, RunsAtOnce).Select(number => $"{round}-{number}").ToList();
            await Task.WhenAll(names.SelectMany(name => new[] { RunAsync(inMemory, plan, name), RunAsync(onDisk, plan, name) }));
            foreach (var name in names)
            {
                if (!await memory.TryDeleteAsync(name)) throw new InvalidOperationException($"The run '{name}' cannot be removed.");
            }

            if (++round % RoundsBetweenPrunings == 0) await store.Journal.PruneAsync(new JournalRetention { KeepNewest = RunsAtOnce });
            done += 2 * RunsAtOnce * StepsInARun;
            if (done % StepsBetweenSamples != 0) continue;
            samples.Add(Measure());
            var (heap, workingSet, handles) = samples[^1];
            table.Add(Text(done), Text((long)Stopwatch.GetElapsedTime(begun).TotalSeconds), Text(heap), Text(workingSet), Text(handles), Text(new FileInfo(store.Journal.File).Length));
        }

        table.Print(output);
        var quarter = samples.Count / 4;
        var third = samples.Skip(2 * quarter).Take(quarter).ToList();
        var fourth = samples.Skip(3 * quarter).ToList();
        var heapGrowth = fourth.Min(sample => sample.Heap) - third.Min(sample => sample.Heap);
        var setGrowth = fourth.Min(sample => sample.WorkingSet) - third.Min(sample => sample.WorkingSet);
        var handleGrowth = fourth.Min(sample => sample.Handles) - third.Min(sample => sample.Handles);
        await output.WriteLineAsync(
            $"From the third quarter to the fourth, least to least: heap {Text(heapGrowth)} bytes (at most {Text(MostHeapGrowth)}), working set {Text(setGrowth)} (at most {Text(MostWorkingSetGrowth)}), handles {Text(handleGrowth)} (at most {MostHandleGrowth}).\n");
        if (heapGrowth > MostHeapGrowth || setGrowth > MostWorkingSetGrowth || handleGrowth > MostHandleGrowth) throw new InvalidOperationException("The process grows.");
    }

    private static async ValueTask<StepOutcome> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Step.Modifies.Count == 0) return StepOutcome.Success;
        await context.Board.PublishAsync(Draft, cancellationToken);
        var batch = new StateBatch();
        batch.Set(context.StepId, Value);
        await context.Board.UpdateStateAsync(batch);
        return StepOutcome.Success;
    }

    private static async Task RunAsync(RunEngine engine, Plan plan, string id)
    {
        var result = await engine.StartAsync(id, plan);
        if (!result.IsSuccess) throw new InvalidOperationException($"The run '{id}' ended as {result.Status}: {string.Join("; ", result.Problems)}");
    }

    private static (long Heap, long WorkingSet, int Handles) Measure()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return (heap, process.WorkingSet64, process.HandleCount);
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
