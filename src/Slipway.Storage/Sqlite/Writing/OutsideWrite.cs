using Slipway.Storage.Sqlite.Tables;

namespace Slipway.Storage.Sqlite.Writing;

/// <summary>Work on the writing connection while no transaction is open, such as closing it.</summary>
/// <param name="work">The work.</param>
internal sealed class OutsideWrite(Action work) : WriteRequest<bool>
{
    public override bool IsOutsideTransaction => true;

    protected override bool Do(JournalTables tables)
    {
        work();
        return true;
    }
}
