using Slipway.Coordination.Journal;
using Slipway.Testing.Journals;

namespace Slipway.Storage.Tests.Memory;

public sealed class InMemoryJournalConformanceTests : JournalConformance
{
    protected override ValueTask<IRunJournal> CreateAsync(TimeProvider time) => new(new InMemoryJournal(time));
}
