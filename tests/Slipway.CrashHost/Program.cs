using Slipway.CrashHost;

return args switch
{
    ["hold", var file, var runId] => await HoldCommand.RunAsync(file, runId, Console.In, Console.Out),
    ["hammer", var file, var prefix] => await HammerCommand.RunAsync(file, prefix, Console.In, Console.Out),
    ["run", var file, var runId, var effects, var killPoint] => await RunCommand.RunAsync(file, runId, effects, killPoint, Console.Out),
    _ => 64,
};
