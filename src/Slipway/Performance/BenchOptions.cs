namespace Slipway.Performance;

/// <summary>What to measure.</summary>
public sealed record BenchOptions
{
    /// <summary>Names of targets or groups; empty for all. Default: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Names of targets or groups to leave out. Default: none.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>True to measure a tenth of what is usual. Default: false.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Where durable runs on SQLite go; null when there is no such place.</summary>
    public IDurableBackend? Sqlite { get; init; }

    /// <summary>Who kills processes with durable runs and starts them again; null when nobody can.</summary>
    public IRestartBackend? Restarts { get; init; }

    /// <summary>Where durable runs on PostgreSQL go; null when no server was named.</summary>
    public IDurableBackend? Postgres { get; init; }
}
