using System.CommandLine;
using Slipway.Actions;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;
using Slipway.Cli.Views.Platform;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Runs;
using Slipway.Kubernetes.Ownership;

namespace Slipway.Cli.Commands;

/// <summary>What <c>up</c>, <c>context</c>, <c>generate</c> and <c>runs resume</c> share: a platform, a run, a view.</summary>
internal abstract class PlatformVerb : Verb
{
    private readonly PlatformFolder _folder;
    private readonly Option<string?> _out;
    private readonly Option<string?> _templates;
    private readonly Option<int> _parallelism;
    private readonly Option<string[]> _terraform = new("--terraform")
    {
        Description = "Where Terraform's outputs are, in the place of what slipway.yaml says: a Terraform folder, a file of 'terraform output -json', or a state file; may be repeated",
        HelpName = "path",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _allowUnknown = new("--allow-unknown") { Description = "Carry missing Terraform outputs as unknown; 'validate' refuses them until they are filled" };
    private readonly Option<bool> _adopt = new("--adopt") { Description = "Take over files that stand where others are to be generated; their text is kept as an edit of yours" };
    private readonly Option<bool> _check = new("--check") { Description = "Write nothing; exit 2 when something would change" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Write nothing; show the difference" };

    protected PlatformVerb(string name, string description, Surroundings surroundings, PlatformPhases phases, params string[] examples)
        : base(name, description, surroundings, examples)
    {
        _folder = new PlatformFolder(surroundings);
        _out = CommonOptions.Out(surroundings);
        _templates = CommonOptions.Templates(surroundings);
        _parallelism = CommonOptions.Parallelism(surroundings);
        Add(_parallelism);
        if (phases == PlatformPhases.None) return;
        _folder.AddTo(this);
        Add(_out);
        if (phases.HasFlag(PlatformPhases.Generation)) Add(_templates);
        if (phases.HasFlag(PlatformPhases.Context))
        {
            Add(_terraform);
            Add(_allowUnknown);
        }

        Add(_adopt);
        Add(_check);
        Add(_dryRun);
        Add(Format);
    }

    /// <summary>How to print.</summary>
    protected Option<OutputFormat> Format { get; } = CommonOptions.Output();

    /// <summary>Does what the options say.</summary>
    protected async Task<int> RunAsync(ParseResult arguments, PlatformPhases phases, CancellationToken cancellationToken)
    {
        var output = OutputOf(arguments, Format);
        var workingDirectory = Surroundings.Environment.WorkingDirectory;
        if (arguments.GetValue(_out) is { } given && given.Split('/', '\\').Contains(".."))
        {
            output.Tell([OutLeaves(given)]);
            return ExitCodes.Error;
        }

        var request = new PlatformOptions
        {
            Directory = Path.GetFullPath(_folder.Of(arguments), workingDirectory),
            Out = arguments.GetValue(_out) is { } folder ? Path.GetFullPath(folder, workingDirectory) : null,
            Templates = arguments.GetValue(_templates) is { } templates ? Path.GetFullPath(templates, workingDirectory) : null,
            Terraform = [.. (arguments.GetValue(_terraform) ?? []).Select(path => Path.GetFullPath(path, workingDirectory))],
            AllowUnknown = arguments.GetValue(_allowUnknown),
            Adopt = arguments.GetValue(_adopt),
            Phases = phases,
        };
        var isCheck = arguments.GetValue(_check);
        if (isCheck || arguments.GetValue(_dryRun)) return await LookAsync(output, request, isCheck, cancellationToken);
        return await WithRunnerAsync(arguments, output, request.Directory, runner => runner.StartAsync(request, cancellationToken));
    }

    /// <summary>Runs something with the platform's store open and progress shown, and prints the outcome.</summary>
    protected async Task<int> WithRunnerAsync(
        ParseResult arguments, Output output, string directory, Func<PlatformRunner, Task<PlatformOutcome>> act)
    {
        if (!Surroundings.Files.FileExists(Path.Combine(directory, PlatformPaths.ConfigurationName)))
        {
            output.Tell([PlatformPreparation.NoPlatform(Surroundings.Files, directory)]);
            return ExitCodes.Error;
        }

        PlatformOutcome outcome;
        await using (var store = PlatformStore.Open(Surroundings, directory))
        await using (var progress = ProgressOf(output))
        {
            var options = PlatformStore.OptionsFor(store, Surroundings.Time) with
            {
                Parallelism = arguments.GetValue(_parallelism),
                Observers = progress is null ? [] : [progress],
            };
            outcome = await act(new PlatformRunner(Surroundings.Files, Surroundings.Processes, store.Journal, options));
        }

        output.Tell(outcome.Problems);
        if (outcome.Run is not null || output.Format != OutputFormat.Table)
            output.Write(new PlatformView(outcome, new ShownPaths(Surroundings.Environment.WorkingDirectory, directory)));
        return ExitCodeOf(outcome);
    }

    private static int ExitCodeOf(PlatformOutcome outcome) => outcome switch
    {
        { IsLocked: true } => ExitCodes.LockHeld,
        { Run: null } => ExitCodes.Error,
        { Run.Status: RunStatus.Paused } => ExitCodes.Interrupted,
        { Run.Status: not RunStatus.Succeeded } => ExitCodes.Error,
        _ when outcome.Problems.Any(problem => problem.Severity == Severity.Error) => ExitCodes.Error,
        { HasConflicts: true } => ExitCodes.Partial,
        _ => ExitCodes.Done,
    };

    private async Task<int> LookAsync(Output output, PlatformOptions request, bool isCheck, CancellationToken cancellationToken)
    {
        var outcome = await new PlatformPreview(Surroundings.Files, Surroundings.Processes)
            .LookAsync(request, isCheck ? PublishMode.Check : PublishMode.DryRun, cancellationToken);
        output.Tell(outcome.Problems);
        output.Write(new DiffView(outcome, new ShownPaths(Surroundings.Environment.WorkingDirectory, request.Directory), withDiff: !isCheck));
        if (outcome.Problems.Any(problem => problem.Severity == Severity.Error)) return ExitCodes.Error;
        return !isCheck ? ExitCodes.Done
            : outcome.IsDrift ? ExitCodes.Changes
            : outcome.HasConflicts ? ExitCodes.Partial
            : ExitCodes.Done;
    }

    private static Diagnostic OutLeaves(string given) => new()
    {
        Code = "SLW1010",
        Summary = "the output path goes up with '..'",
        Place = new SourcePlace(given),
        Fix = "name the folder without '..', by its absolute path if need be",
    };
}
