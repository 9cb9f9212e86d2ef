using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Locks;

namespace Slipway.Cli.Commands.Locks;

/// <summary><c>slipway locks list</c>.</summary>
internal sealed class LocksListVerb : Verb
{
    public LocksListVerb(Surroundings surroundings)
        : base("list", "List what is held, by which step of which run, and until when unless renewed", surroundings, "locks list", "locks list -o json")
    {
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(directory);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var locks = store is null ? [] : await store.Locks.ListAsync(cancellationToken).ToListAsync(cancellationToken);
            OutputOf(arguments, format).Write(new LockListView(locks));
            return ExitCodes.Done;
        });
    }
}
