using Slipway.CrashHost;

return args switch
{
    ["ask", var file, var runId] => await AskCommand.RunAsync(file, runId, Console.Out),
    ["hold", var file, var runId] => await HoldCommand.RunAsync(file, runId, Console.In, Console.Out),
    ["hammer", var file, var prefix] => await HammerCommand.RunAsync(file, prefix, Console.In, Console.Out),
    ["run", var store, var runId, var effects, var killPoint] => await RunCommand.RunAsync(store, runId, effects, killPoint, Console.Out),
    ["share", var store, var owner, var effects, var killPoint] => await ShareCommand.RunAsync(store, owner, effects, killPoint, Console.In, Console.Out),
    _ => 64,
};
