using System.Globalization;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Workspace;

namespace Slipway.Actions;

/// <summary>Does the main job, or a part of it, as one journaled run.</summary>
/// <param name="files">The disk.</param>
/// <param name="processes">Other programs.</param>
/// <param name="journal">Where runs are recorded.</param>
/// <param name="options">How the engine runs; observers see every event.</param>
public sealed class PlatformRunner(IFileSystem files, IProcessRunner processes, IRunJournal journal, RunOptions options)
{
    /// <summary>Prepares a platform and starts a run.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Pauses the run, so that it can be resumed.</param>
    public Task<PlatformOutcome> StartAsync(PlatformOptions request, CancellationToken cancellationToken = default) =>
        InWorkspaceAsync(request, async (platform, problems) =>
        {
            var agents = new PlatformAgents(platform, files, processes, options.Time);
            var runId = await NewRunIdAsync(request.Phases, cancellationToken);
            var result = await new RunEngine(journal, agents.Registry, options).StartAsync(runId, PlatformPlan.Build(platform), cancellationToken);
            return Outcome(platform, agents, result, problems);
        }, cancellationToken);

    /// <summary>Goes on with a run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="directory">The platform's folder, absolute.</param>
    /// <param name="cancellationToken">Pauses the run again.</param>
    public async Task<PlatformOutcome> ResumeAsync(string runId, string directory, CancellationToken cancellationToken = default)
    {
        var run = await RunProjection.LoadAsync(journal, runId, cancellationToken);
        if (run is null || PlatformPlan.ReadOptions(run.Plan, directory) is not { } request)
            return new PlatformOutcome { Run = run, Problems = [NotOurs(runId)] };
        if (!run.IsResumable) return new PlatformOutcome { Run = run, Problems = [] };
        return await InWorkspaceAsync(request, async (platform, problems) =>
        {
            if (!PlatformPlan.HasSameInputs(run.Plan, platform)) return new PlatformOutcome { Platform = platform, Run = run, Problems = [.. problems, Changed(runId)] };
            var agents = new PlatformAgents(platform, files, processes, options.Time);
            var result = await new RunEngine(journal, agents.Registry, options).ResumeAsync(runId, cancellationToken);
            return Outcome(platform, agents, result, problems);
        }, cancellationToken);
    }

    private async Task<PlatformOutcome> InWorkspaceAsync(
        PlatformOptions request, Func<PreparedPlatform, List<Diagnostic>, Task<PlatformOutcome>> act, CancellationToken cancellationToken)
    {
        var preparation = new PlatformPreparation(files, processes);
        var problems = EndWhatWasCutOff(preparation, request);
        if (problems.Exists(problem => problem.Severity == Severity.Error)) return new PlatformOutcome { Problems = problems };
        var prepared = await preparation.PrepareAsync(request, problems, cancellationToken);
        if (prepared is null) return new PlatformOutcome { Problems = problems };
        using var held = WorkspaceLock.TryTake(files, options.Time, prepared.Paths.Workspace, $"slipway {PlatformPlan.VerbOf(request.Phases)}", out var refused);
        if (held is null) return new PlatformOutcome { Platform = prepared, Problems = [refused!] };
        return await act(prepared, problems);
    }

    // The context is read before anything is written, so a command that died while it wrote the context is ended first.
    private List<Diagnostic> EndWhatWasCutOff(PlatformPreparation preparation, PlatformOptions request)
    {
        if (preparation.Locate(request) is not { } paths || !FileTransaction.IsInterrupted(files, paths.Context)) return [];
        using var held = WorkspaceLock.TryTake(files, options.Time, paths.Workspace, $"slipway {PlatformPlan.VerbOf(request.Phases)}", out var refused);
        return held is null ? [refused!] : [.. FileTransaction.Recover(files, paths.Context)];
    }

    private static PlatformOutcome Outcome(PreparedPlatform platform, PlatformAgents agents, RunResult result, List<Diagnostic> problems) => new()
    {
        Platform = platform,
        Run = result.Run,
        Context = platform.Context,
        Publication = agents.Publication,
        Verification = agents.Verification,
        Problems = [.. problems, .. agents.Problems, .. result.Problems],
    };

    // Ids sort by time; a second run in the same second gets a number.
    private async Task<string> NewRunIdAsync(PlatformPhases phases, CancellationToken cancellationToken)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"{PlatformPlan.VerbOf(phases)}-{options.Time.GetUtcNow():yyyyMMdd-HHmmss}");
        var taken = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var id in journal.ListRunsAsync(cancellationToken)) taken.Add(id);
        var name = stem;
        for (var number = 2; taken.Contains(name); number++) name = $"{stem}-{number}";
        return name;
    }

    private static Diagnostic NotOurs(string runId) => new()
    {
        Code = "SLW1003",
        Summary = $"there is no run '{runId}' of context, generation or verification here",
        Fix = "see 'slipway runs list', and name the platform's folder with --dir",
    };

    private static Diagnostic Changed(string runId) => new()
    {
        Code = "SLW1006",
        Summary = $"what run '{runId}' was made from has changed since it began",
        Fix = "start a new run; this one can be ended with 'slipway runs cancel'",
    };
}
