using System.Diagnostics;
using Npgsql;

namespace Slipway.Testing.Postgres;

/// <summary>
/// A real PostgreSQL server of one's own, from the installed programs, in a temporary directory and on a Unix socket there. It ends,
/// and its directory goes, when it is disposed or when this process ends in whatever way: the shell that holds it waits for the end of
/// its input.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The superuser, who needs no password. Every other user needs one.</summary>
    public const string Superuser = "slipway";

    // initdb and the server refuse to run as root, so root becomes "postgres" for them; mktemp then gives that user its directory.
    private const string Script =
        """
        bin=$1; settings=$2
        trap '' INT TERM HUP
        dir=$(mktemp -d /tmp/slipway-pg.XXXXXX) || exit 1
        "$bin/initdb" -D "$dir/data" -U slipway -A trust -E UTF8 --locale=C --no-sync >/dev/null &&
        printf 'local all slipway trust\nlocal all all scram-sha-256\n' >"$dir/data/pg_hba.conf" &&
        "$bin/pg_ctl" -D "$dir/data" -w -s -l "$dir/log" -o "-k $dir -c listen_addresses='' $settings" start </dev/null &&
        echo "$dir" && read -r _
        "$bin/pg_ctl" -D "$dir/data" -s -m immediate stop
        cat "$dir/log" >&2
        rm -rf "$dir"
        """;

    private readonly Process _shell;
    private readonly Task<string> _talk;
    private readonly string _directory;

    private PostgresServer(Process shell, Task<string> talk, string directory)
    {
        _shell = shell;
        _talk = talk;
        _directory = directory;
    }

    /// <summary>Where the server's programs are: on PATH or where Debian keeps them, the newest; null when they are not installed.</summary>
    public static string? FindPrograms()
    {
        const string DebianRoot = "/usr/lib/postgresql";
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var ofDebian = Directory.Exists(DebianRoot)
            ? Directory.GetDirectories(DebianRoot).OrderByDescending(version => double.TryParse(Path.GetFileName(version), out var number) ? number : 0)
            : Enumerable.Empty<string>();
        return onPath.Concat(ofDebian.Select(version => Path.Combine(version, "bin")))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    /// <summary>Starts a server.</summary>
    /// <param name="isDurable">Whether commits reach the disk: for measurements. Tests that do not cut the power need not wait for it.</param>
    public static async Task<PostgresServer> StartAsync(bool isDurable = false)
    {
        var programs = FindPrograms() ?? throw new InvalidOperationException("PostgreSQL's 'initdb' and 'pg_ctl' are not installed.");
        var settings = "-c max_connections=200" + (isDurable ? "" : " -c fsync=off -c full_page_writes=off");
        string[] command = ["/bin/sh", "-c", Script, "sh", programs, settings];
        if (Environment.IsPrivilegedProcess) command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", .. command];
        var shell = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var talk = shell.StandardError.ReadToEndAsync();
        var directory = await shell.StandardOutput.ReadLineAsync();
        if (directory is not null) return new PostgresServer(shell, talk, directory);
        var problem = await talk;
        shell.Dispose();
        throw new InvalidOperationException($"PostgreSQL did not start: {problem}");
    }

    /// <summary>How to reach a database of this server as its superuser.</summary>
    public string ConnectionStringTo(string database) =>
        new NpgsqlConnectionStringBuilder { Host = _directory, Username = Superuser, Database = database }.ConnectionString;

    /// <summary>Stops the server and removes its directory.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        await _talk;
        _shell.Dispose();
    }
}
