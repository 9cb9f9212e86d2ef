using Slipway.Actions;
using Slipway.Cli.Hosting;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Cli.Commands;

/// <summary><c>slipway init</c>.</summary>
internal sealed class InitVerb : Verb
{
    public InitVerb(Surroundings surroundings)
        : base("init", "Write a commented start for a platform of your own", surroundings, "init my-platform", "init my-platform && slipway up my-platform")
    {
        var folder = new PlatformFolder(surroundings, "The folder; made when it is not there");
        folder.AddTo(this);
        SetAction(arguments =>
        {
            var output = OutputOf(arguments);
            var shown = folder.Of(arguments);
            var problems = new List<Diagnostic>();
            var written = new WorkspaceStart(surroundings.Files).Write(Path.GetFullPath(shown, surroundings.Environment.WorkingDirectory), problems);
            output.Tell(problems);
            if (problems.Count > 0) return ExitCodes.Error;
            foreach (var path in written) output.Say($"created {Path.Combine(shown, path).Replace('\\', '/')}");
            output.Say($"Next: slipway up {shown}");
            return ExitCodes.Done;
        });
    }
}
