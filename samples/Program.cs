using Slipway.Samples;

// dotnet run --project samples -- 03
Func<Task>? sample = args.FirstOrDefault() switch
{
    "01" => FirstParallelRun.RunAsync,
    "02" => Sequential.RunAsync,
    "03" => AllAtOnce.RunAsync,
    "04" => Mixed.RunAsync,
    "05" => ErrorRecovery.RunAsync,
    "06" => QualityGatePattern.RunAsync,
    "07" => SharedIntelligencePattern.RunAsync,
    "08" => () => DurableRun.RunAsync(args.ElementAtOrDefault(1) ?? "durable.db", args.Contains("--hang")),
    "09" => OwnAgent.RunAsync,
    "10" => OwnStore.RunAsync,
    "11" => InAContainer.RunAsync,
    "12" => AskAndUndo.RunAsync,
    "13" => Workflow.RunAsync,
    "14" => TwoHosts.RunAsync,
    _ => null,
};
if (sample is null)
{
    Console.Error.WriteLine("Say which sample: 01 to 14.");
    return 64;
}

await sample();
return 0;
