using Slipway.Coordination.Journal;
using Slipway.Testing.Journals;

namespace Slipway.Samples.Tests;

/// <summary>The sample's own journal is a whole one.</summary>
public sealed class BytesJournalTests : JournalConformance
{
    protected override ValueTask<IRunJournal> CreateAsync(TimeProvider time) => ValueTask.FromResult<IRunJournal>(new BytesJournal(time));
}
