using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Slipway.Storage.Postgres.Sessions;

/// <summary>Parameters in the order of $1, $2 … and columns, each of the one type that the tables have for it.</summary>
internal static class Binding
{
    public static NpgsqlCommand Bind(this NpgsqlCommand command, string? text) => Add(command, text, NpgsqlDbType.Text);

    public static NpgsqlCommand Bind(this NpgsqlCommand command, long? number) => Add(command, number, NpgsqlDbType.Bigint);

    public static NpgsqlCommand Bind(this NpgsqlCommand command, bool flag) => Add(command, flag, NpgsqlDbType.Boolean);

    public static NpgsqlCommand Bind(this NpgsqlCommand command, DateTime? time) => Add(command, time, NpgsqlDbType.TimestampTz);

    public static NpgsqlCommand Bind(this NpgsqlCommand command, TimeSpan duration) => Add(command, duration, NpgsqlDbType.Interval);

    public static NpgsqlCommand Bind(this NpgsqlCommand command, byte[]? utf8) => Add(command, utf8, NpgsqlDbType.Text);

    public static NpgsqlCommand Bind(this NpgsqlCommand command, string[] texts) => Add(command, texts, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlCommand Bind(this NpgsqlCommand command, long[] numbers) => Add(command, numbers, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlCommand Bind(this NpgsqlCommand command, int[] numbers) => Add(command, numbers, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static NpgsqlCommand Bind(this NpgsqlCommand command, byte[][] utf8) => Add(command, utf8, NpgsqlDbType.Array | NpgsqlDbType.Text);

    /// <summary>Binds a time, to the millisecond.</summary>
    public static NpgsqlCommand Bind(this NpgsqlCommand command, DateTimeOffset? time) =>
        command.Bind(time is { } given ? DateTimeOffset.FromUnixTimeMilliseconds(given.ToUnixTimeMilliseconds()).UtcDateTime : (DateTime?)null);

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static DateTimeOffset Time(this DbDataReader row, int column) => new(row.GetDateTime(column), TimeSpan.Zero);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] Utf8(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    private static NpgsqlCommand Add<T>(NpgsqlCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(value is null
            ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type }
            : new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return command;
    }
}
