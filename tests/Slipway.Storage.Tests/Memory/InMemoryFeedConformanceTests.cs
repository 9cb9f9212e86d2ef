using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Testing.Feeds;

namespace Slipway.Storage.Tests.Memory;

public sealed class InMemoryFeedConformanceTests : FeedConformance
{
    private InMemoryJournal? _journal;

    protected override ValueTask<IRunFeed> OpenAsync(TimeProvider time) => new(_journal ??= new InMemoryJournal(time));
}

public sealed class InMemoryRequestConformanceTests : RequestConformance
{
    private InMemoryJournal? _journal;

    protected override ValueTask<IRunRequests> OpenAsync(TimeProvider time) => new(_journal ??= new InMemoryJournal(time));
}
