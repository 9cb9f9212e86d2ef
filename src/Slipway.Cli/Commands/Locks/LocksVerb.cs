using Slipway.Cli.Hosting;

namespace Slipway.Cli.Commands.Locks;

/// <summary><c>slipway locks</c>: who modifies what.</summary>
internal sealed class LocksVerb : Verb
{
    public LocksVerb(Surroundings surroundings)
        : base("locks", "List what steps hold while they modify it, and take it from one that does not let go", surroundings, "locks list", "locks break k8s:prod/deployment/api --yes")
    {
        Add(new LocksListVerb(surroundings));
        Add(new LocksBreakVerb(surroundings));
    }
}
