using System.Text;
using SQLitePCL;

namespace Slipway.Storage.Sqlite.Native;

/// <summary>A prepared statement. Parameters count from 1, columns from 0. Texts given as UTF-8 are never empty here.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string? text)
    {
        if (text is null) return BindNull(index);
        if (text.Length > 0) return Bind(index, Encoding.UTF8.GetBytes(text));
        // As a span of nothing it would be NULL.
        Check(raw.sqlite3_bind_text(handle, index, ""));
        return this;
    }

    /// <summary>Binds a time, to the millisecond.</summary>
    public SqliteStatement Bind(int index, DateTimeOffset? time) => time is { } given ? Bind(index, given.ToUnixTimeMilliseconds()) : BindNull(index);

    public SqliteStatement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(handle, index));
        return this;
    }

    public SqliteStatement Bind(int index, double value)
    {
        Check(raw.sqlite3_bind_double(handle, index, value));
        return this;
    }

    /// <summary>Binds a text, or NULL where there is none or an empty one.</summary>
    public SqliteStatement BindOptional(int index, string? text) => Bind(index, text is "" ? null : text);

    /// <summary>Binds a text that is UTF-8 already; SQLite copies it.</summary>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(handle, index, utf8));
        return this;
    }

    /// <summary>Goes to the next row. At the end the statement is ready for the next use.</summary>
    /// <returns>False at the end.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE)
        {
            Fail(result);
        }

        Reset();
        return false;
    }

    /// <summary>Runs a statement whose rows, if any, do not matter.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    /// <summary>Reads all rows.</summary>
    public List<T> Rows<T>(Func<SqliteStatement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Step()) rows.Add(read(this));
        }
        finally
        {
            Reset();
        }

        return rows;
    }

    /// <summary>Makes the statement ready for the next use; needed after a row that was not the last.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>The bytes of a text, valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Int64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public void Dispose() => handle.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) Fail(result);
    }

    private void Fail(int result)
    {
        try
        {
            database.Check(result);
        }
        finally
        {
            Reset();
        }
    }
}
