using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Performance;
using Slipway.Cli.Views.Performance;
using Slipway.Performance;

namespace Slipway.Cli.Commands;

/// <summary><c>slipway bench</c>.</summary>
internal sealed class BenchVerb : Verb
{
    public BenchVerb(Surroundings surroundings)
        : base(
            "bench",
            "Measure the coordination library here against what it promises; exits 1 when a promise is not kept",
            surroundings,
            "bench --quick",
            "bench --only signals --only state-get -o json",
            "bench --strict --postgres 'Host=localhost;Username=postgres;Database=bench'")
    {
        var only = Names("--only", "Only this group or target; may be repeated");
        var skip = Names("--skip", "Not this group or target; may be repeated");
        var quick = new Option<bool>("--quick") { Description = "A tenth of the measurements, for a first look" };
        var strict = new Option<bool>("--strict") { Description = "Exit 1 also when a goal is missed that depends on how loaded the machine is" };
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Measure durable runs on this PostgreSQL server too; makes and removes a schema 'slipway_bench'",
            HelpName = "connection",
        };
        var format = CommonOptions.Output();
        Add(only);
        Add(skip);
        Add(quick);
        Add(strict);
        Add(postgres);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, format);
            using var folder = new ScratchFolder(surroundings.Files, surroundings.Environment.WorkingDirectory);
            var options = new BenchOptions
            {
                Only = arguments.GetValue(only) ?? [],
                Skip = arguments.GetValue(skip) ?? [],
                IsQuick = arguments.GetValue(quick),
                Sqlite = new SqliteBackend(folder, surroundings.Files, surroundings.Time),
                Restarts = surroundings.Self is { } self ? new ProcessRestarts(folder, surroundings.Processes, self, surroundings.Time) : null,
                Postgres = arguments.GetValue(postgres) is { } connection ? new PostgresBackend(connection) : null,
            };
            var report = await new BenchRunner(surroundings.Time).RunAsync(options, group => output.Say($"measuring {group}"), cancellationToken);
            var isStrict = arguments.GetValue(strict);
            output.Write(new BenchView(report, isStrict));
            return report.Succeeds(isStrict) ? ExitCodes.Done : ExitCodes.Error;
        });
    }

    private static Option<string[]> Names(string name, string description)
    {
        var option = new Option<string[]>(name) { Description = description, HelpName = "name" };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!BenchRunner.Names.Contains(token.Value)) result.AddError($"'{token.Value}' is no group or target of bench: use one of {string.Join(", ", BenchRunner.Groups)}, or a target that 'slipway bench' prints");
            }
        });
        option.CompletionSources.Add([.. BenchRunner.Names]);
        return option;
    }
}
