using Slipway.Storage.Sqlite.Tables;

namespace Slipway.Storage.Sqlite.Writing;

/// <summary>A write that is told in a line or two.</summary>
/// <param name="work">The work.</param>
internal sealed class TableWrite<T>(Func<JournalTables, T> work) : WriteRequest<T>
{
    protected override T Do(JournalTables tables) => work(tables);
}
