using Slipway.Benchmarks.Coordination;
using Slipway.Benchmarks.Engine;
using Slipway.Benchmarks.Generation;
using Slipway.Benchmarks.Graphs;
using Slipway.Benchmarks.Journal;

namespace Slipway.Benchmarks.Suites;

/// <summary>All suites, in the order in which they run when none is named, but for those that run on request only.</summary>
internal static class SuiteRegistry
{
    public static IReadOnlyList<ISuite> All { get; } =
    [
        new GraphSuite(),
        new JournalSuite(),
        new PostgresJournalSuite(),
        new EngineSuite(),
        new SoakSuite(),
        new CoordinationSuite(),
        new GenerationSuite(),
        new UpSuite(),
    ];
}
