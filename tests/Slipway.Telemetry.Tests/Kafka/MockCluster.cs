using System.Diagnostics;
using System.Text.RegularExpressions;
using Slipway.Testing.Repository;

namespace Slipway.Telemetry.Tests.Kafka;

/// <summary>
/// A Kafka cluster of one broker that lives in a <c>kcat</c>, which also consumes a topic of it and prints what comes: <c>key value</c>
/// a line. kcat's <c>-M</c> is not in every build, the setting behind it is.
/// </summary>
internal sealed partial class MockCluster : IAsyncDisposable
{
    private readonly Process _kcat;
    private readonly Task _talk;

    private MockCluster(Process kcat, Task talk, string bootstrapServers)
    {
        _kcat = kcat;
        _talk = talk;
        BootstrapServers = bootstrapServers;
    }

    public string BootstrapServers { get; }

    public static async Task<MockCluster> StartAsync(string topic)
    {
        Tools.Require("kcat");
        string[] arguments = ["-C", "-t", topic, "-o", "beginning", "-u", "-f", "%k %s\n", "-b", "mock", "-X", "test.mock.num.brokers=1", "-d", "mock"];
        var kcat = Process.Start(new ProcessStartInfo("kcat", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        while (await kcat.StandardError.ReadLineAsync() is { } line)
        {
            if (Announcement().Match(line) is { Success: true } found) return new MockCluster(kcat, kcat.StandardError.ReadToEndAsync(), found.Groups["servers"].Value);
        }

        await kcat.WaitForExitAsync();
        throw new InvalidOperationException($"kcat ended with {kcat.ExitCode} before it had a cluster.");
    }

    /// <summary>Reads so many messages, in any order of their partitions.</summary>
    public async Task<List<string>> ReadAsync(int count)
    {
        var messages = new List<string>();
        while (messages.Count < count) messages.Add(await _kcat.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("kcat has ended."));
        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_kcat.HasExited) _kcat.Kill();
        await _kcat.WaitForExitAsync();
        await _talk;
        _kcat.Dispose();
    }

    [GeneratedRegex(@"bootstrap\.servers=(?<servers>\S+)$", RegexOptions.None, 1000)]
    private static partial Regex Announcement();
}
