namespace Slipway.Storage.Sqlite.Native;

/// <summary>The statements of a connection, prepared when first used and kept.</summary>
internal sealed class StatementCache(SqliteDatabase database) : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);

    public SqliteStatement this[string sql]
    {
        get
        {
            if (!_prepared.TryGetValue(sql, out var statement)) _prepared.Add(sql, statement = database.Prepare(sql));
            return statement;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
    }
}
