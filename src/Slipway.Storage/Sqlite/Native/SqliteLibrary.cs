using System.Runtime.InteropServices;
using SQLitePCL;

namespace Slipway.Storage.Sqlite.Native;

/// <summary>
/// Loads SQLite once per process: the system's own library where there is a fit one, because the distribution patches it,
/// and the bundled one otherwise.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>SQLite 3.35, the version of the bundled library, so that both behave alike.</summary>
    private const int OldestVersion = 3_035_000;

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Makes sure that the library is loaded.</summary>
    /// <returns>Its version and origin, for people: <c>3.40.1 (libsqlite3.so.0)</c>.</returns>
    public static string Require()
    {
        try
        {
            return Loaded.Value;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw SqliteDiagnostics.NoLibrary(missing);
        }
    }

    private static string Load()
    {
        var (name, handle) = FindOfSystem();
        if (handle != 0)
        {
            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly,
                (wanted, _, _) => wanted == "e_sqlite3" ? handle : 0);
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return $"{raw.sqlite3_libversion().utf8_to_string()} ({name})";
    }

    private static (string Name, nint Handle) FindOfSystem()
    {
        foreach (var name in Candidates())
        {
            if (!NativeLibrary.TryLoad(name, out var handle)) continue;
            if (IsFit(handle)) return (name, handle);
            NativeLibrary.Free(handle);
        }

        return ("bundled", 0);
    }

    private static string[] Candidates() =>
        OperatingSystem.IsWindows() ? ["winsqlite3"]
        : OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static unsafe bool IsFit(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var version)) return false;
        if (!NativeLibrary.TryGetExport(library, "sqlite3_threadsafe", out var threadSafe)) return false;
        return ((delegate* unmanaged[Cdecl]<int>)version)() >= OldestVersion && ((delegate* unmanaged[Cdecl]<int>)threadSafe)() != 0;
    }
}
