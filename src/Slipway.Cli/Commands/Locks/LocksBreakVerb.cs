using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;
using Slipway.Cli.Views.Locks;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Locks;

namespace Slipway.Cli.Commands.Locks;

/// <summary><c>slipway locks break</c>.</summary>
internal sealed class LocksBreakVerb : Verb
{
    private const string Meaning =
        "Breaking takes the lock away at once, with all else that was taken together with it, and lets the next in line go on. The holder is stopped when it next "
        + "renews; until then it may still act, so break only what nobody acts on. Whoever comes next has a larger fencing token: a system that checks tokens refuses "
        + "what the old holder still sends, and the store takes no renewal of it.";

    public LocksBreakVerb(Surroundings surroundings)
        : base(
            "break",
            "Take a lock away from its holder, once you have seen that nobody acts on the resource",
            surroundings,
            "locks break k8s:prod/deployment/api",
            "locks break k8s:prod/deployment/api --yes")
    {
        var name = new Argument<string>("resource") { Description = "What is locked, as 'slipway locks list' names it" };
        var yes = new Option<bool>("--yes") { Description = "Do it; without, only who holds it is shown" };
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(name);
        Add(yes);
        Add(directory);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, format);
            var resource = arguments.GetRequiredValue(name);
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var all = store is null ? [] : await store.Locks.ListAsync(cancellationToken).ToListAsync(cancellationToken);
            var tokens = all.Where(held => held.Resource == resource).Select(held => held.FencingToken).ToHashSet();
            if (store is null || tokens.Count == 0)
            {
                output.Tell([NotHeld(resource, all)]);
                return ExitCodes.Error;
            }

            if (!arguments.GetValue(yes))
            {
                Warn(output, all.Where(held => tokens.Contains(held.FencingToken)));
                output.Tell([NeedsYes(resource)]);
                return ExitCodes.Refused;
            }

            var broken = new HashSet<long>();
            foreach (var token in tokens)
            {
                if (await store.Locks.BreakAsync(token, cancellationToken)) broken.Add(token);
            }

            if (broken.Count == 0)
            {
                output.Tell([NotHeld(resource, [])]);
                return ExitCodes.Error;
            }

            output.Write(new BrokenLocksView([.. all.Where(held => broken.Contains(held.FencingToken))]));
            return ExitCodes.Done;
        });
    }

    private static void Warn(Output output, IEnumerable<ResourceLock> lost)
    {
        foreach (var held in lost) output.Say($"{held.Resource}: {LockListView.Describe(held)}");
        output.Say(Meaning);
    }

    private static Diagnostic NotHeld(string resource, IEnumerable<ResourceLock> known) => new()
    {
        Code = "SLW1021",
        Summary = $"nobody holds '{resource}'",
        Fix = Suggestion.Closest(resource, known.Select(held => held.Resource)) is { } close ? $"did you mean '{close}'?" : "see 'slipway locks list', and name the platform's folder with --dir",
    };

    private static Diagnostic NeedsYes(string resource) => new()
    {
        Code = "SLW1022",
        Summary = $"'{resource}' is held, and was left to its holder",
        Fix = "see that nobody acts on it, then run the command again with --yes",
    };
}
