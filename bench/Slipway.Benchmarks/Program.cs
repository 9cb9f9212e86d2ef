using Slipway.Benchmarks.Suites;

var unknown = args.Except(SuiteRegistry.All.Select(suite => suite.Name)).ToList();
if (unknown.Count > 0)
{
    await Console.Error.WriteLineAsync($"No suite '{unknown[0]}'. There are: {string.Join(", ", SuiteRegistry.All.Select(suite => suite.Name))}.");
    return 64;
}

foreach (var suite in SuiteRegistry.All.Where(suite => args.Contains(suite.Name) || (args.Length == 0 && !suite.IsOnRequest))) await suite.RunAsync(Console.Out);
return 0;
