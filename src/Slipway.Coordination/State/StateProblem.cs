using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.State;

/// <summary>Why nothing was written. The set is closed.</summary>
public abstract record StateProblem
{
    private protected StateProblem()
    {
    }

    /// <summary>Tells the problem to people.</summary>
    public abstract Diagnostic ToDiagnostic();
}

/// <summary>The state is no longer at the version that the writer expected.</summary>
/// <param name="Expected">The version that the writer knew.</param>
/// <param name="Found">The version of the state.</param>
public sealed record StateVersionConflict(long Expected, long Found) : StateProblem
{
    /// <inheritdoc/>
    public override Diagnostic ToDiagnostic() => new()
    {
        Code = "SLW5330",
        Summary = $"The state is at version {Found}, not at version {Expected} as expected",
        Fix = "Read the state again and decide anew.",
    };
}

/// <summary>A key is no longer at the version that the writer expected.</summary>
/// <param name="Key">The key.</param>
/// <param name="Expected">The version that the writer knew; null when the key was expected not to be there.</param>
/// <param name="Found">The version that set the key last; null when it is not there.</param>
public sealed record StateKeyConflict(string Key, long? Expected, long? Found) : StateProblem
{
    /// <inheritdoc/>
    public override Diagnostic ToDiagnostic() => new()
    {
        Code = "SLW5331",
        Summary = $"The key '{Key}' is {Tell(Found)}, not {Tell(Expected)} as expected",
        Fix = "Read the key again and decide anew.",
    };

    private static string Tell(long? version) => version is { } known ? $"of version {known}" : "absent";
}

/// <summary>A rollback to a version that does not exist yet.</summary>
/// <param name="Asked">The version that was asked for.</param>
/// <param name="Newest">The version of the state.</param>
public sealed record StateVersionInFuture(long Asked, long Newest) : StateProblem
{
    /// <inheritdoc/>
    public override Diagnostic ToDiagnostic() => new()
    {
        Code = "SLW5332",
        Summary = $"The state cannot be rolled back to version {Asked}: it is at version {Newest}",
        Fix = "Name an earlier version.",
    };
}

/// <summary>A rollback to a version whose history is no longer kept, or a negative one.</summary>
/// <param name="Asked">The version that was asked for.</param>
/// <param name="Oldest">The oldest version that can be brought back.</param>
public sealed record StateVersionNotKept(long Asked, long Oldest) : StateProblem
{
    /// <inheritdoc/>
    public override Diagnostic ToDiagnostic() => new()
    {
        Code = "SLW5333",
        Summary = $"The state cannot be rolled back to version {Asked}: the oldest version kept is {Oldest}",
        Fix = "Name a later version, or keep a longer history.",
    };
}

/// <summary>The stored state was deleted, perhaps by another process. What was read of it can still be read.</summary>
/// <param name="Name">The name of the state.</param>
public sealed record StateDeleted(string Name) : StateProblem
{
    /// <inheritdoc/>
    public override Diagnostic ToDiagnostic() => new()
    {
        Code = "SLW5334",
        Summary = $"The state '{Name}' was deleted from its store",
        Fix = "Open it again to begin a new one.",
    };
}
