using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Ownership;
using Slipway.Workspace;

namespace Slipway.Actions;

/// <summary><c>--check</c> and <c>--dry-run</c>: what would be written. Writes nothing, records nothing.</summary>
/// <param name="files">The disk.</param>
/// <param name="processes">Other programs.</param>
public sealed class PlatformPreview(IFileSystem files, IProcessRunner processes)
{
    /// <summary>Looks at what context and generation would write.</summary>
    /// <param name="request">What is asked; verification is left out.</param>
    /// <param name="mode">Check or dry run.</param>
    /// <param name="cancellationToken">Stops Terraform.</param>
    public async Task<PlatformOutcome> LookAsync(PlatformOptions request, PublishMode mode, CancellationToken cancellationToken = default)
    {
        var problems = new List<Diagnostic>();
        var platform = await new PlatformPreparation(files, processes).PrepareAsync(request, problems, cancellationToken);
        if (platform?.Session is not { } session) return new PlatformOutcome { Platform = platform, Context = platform?.Context, Problems = problems };

        problems.AddRange(session.Items.SelectMany(item => session.Generate(item.Id).Problems));
        if (problems.Exists(problem => problem.Severity == Severity.Error)) return new PlatformOutcome { Platform = platform, Context = platform.Context, Problems = problems };
        var outcome = new RepositoryPublisher(files).Publish(
            platform.Paths.Manifests, [.. PlatformAgents.Files(session).Select(file => (file.Path, file.Content))], mode, platform.Publishing);
        return new PlatformOutcome { Platform = platform, Context = platform.Context, Publication = outcome, Problems = [.. problems, .. outcome.Problems] };
    }
}
