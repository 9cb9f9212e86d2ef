using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Testing.Postgres;

namespace Slipway.Cli.Tests.Commands;

public sealed class BenchVerbTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Bench_OnlyAGroupAndATarget_MeasuresThoseInOrder()
    {
        var code = await _cli.RunAsync("bench", "--quick", "--only", "recovery-decision", "--only", "agents", "-o", "json");

        using var document = JsonDocument.Parse(_cli.Output);
        var results = document.RootElement.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["concurrent-agents", "registry-register", "recovery-decision"], results.Select(result => result.GetProperty("name").GetString()));
        Assert.All(results, result => Assert.True(result.GetProperty("p99").GetDouble() >= result.GetProperty("p50").GetDouble()));
        Assert.Equal(document.RootElement.GetProperty("succeeded").GetBoolean() ? ExitCodes.Done : ExitCodes.Error, code);
    }

    [Fact]
    public async Task Bench_WithoutAServer_SaysThatPostgresWasNotMeasured()
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("bench", "--quick", "--strict", "--only", "postgres", "-o", "json"));

        using var document = JsonDocument.Parse(_cli.Output);
        Assert.All(document.RootElement.GetProperty("results").EnumerateArray(), result =>
        {
            Assert.Equal("not-measured", result.GetProperty("verdict").GetString());
            Assert.Equal(JsonValueKind.Null, result.GetProperty("figure").ValueKind);
            Assert.Contains("--postgres", result.GetProperty("note").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Bench_OfDurableRuns_MeasuresAndLeavesNothingBehind()
    {
        await _cli.RunAsync("bench", "--quick", "--only", "sqlite-growth", "-o", "json");

        using var document = JsonDocument.Parse(_cli.Output);
        Assert.All(document.RootElement.GetProperty("results").EnumerateArray(), result => Assert.True(result.GetProperty("figure").GetDouble() > 0));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cli.Folder));
    }

    [Fact]
    public async Task Bench_OfARunWhoseProcessIsKilled_SeesItGoOnAndNothingDoneTwice()
    {
        await _cli.RunAsync("bench", "--quick", "--only", "restart", "-o", "json");

        using var document = JsonDocument.Parse(_cli.Output);
        var result = Assert.Single(document.RootElement.GetProperty("results").EnumerateArray());
        Assert.True(result.GetProperty("figure").ValueKind is JsonValueKind.Number && result.GetProperty("figure").GetDouble() > 0, _cli.Output);
        Assert.Contains("nothing was done twice", result.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cli.Folder));
    }

    [Fact]
    public async Task Bench_OnAServer_MeasuresDurableRunsAndLeavesNoSchema()
    {
        await using var postgres = new PostgresFixture();
        var database = await postgres.CreateDatabaseAsync();

        await _cli.RunAsync("bench", "--quick", "--only", "postgres", "--postgres", database, "-o", "json");

        using var document = JsonDocument.Parse(_cli.Output);
        var results = document.RootElement.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["postgres-chain", "postgres-runs", "postgres-join"], results.Select(result => result.GetProperty("name").GetString()));
        Assert.All(results, result => Assert.True(result.GetProperty("figure").ValueKind is JsonValueKind.Number, _cli.Output));
        Assert.Equal("pass", results[2].GetProperty("verdict").GetString());
        // Makes a schema of the name, which fails where there is one.
        await PostgresFixture.ExecuteAsync(database, "CREATE SCHEMA slipway_bench");
    }

    [Fact]
    public async Task Bench_ForPeople_ShowsTheLimitBesideTheFigures()
    {
        await _cli.RunAsync("bench", "--quick", "--only", "registry-register");

        Assert.Contains("Promised by the contract", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("registry-register  ≤ 50 ms", _cli.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Goals", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_UnknownName_IsWrongUsage()
    {
        Assert.Equal(ExitCodes.Usage, await _cli.RunAsync("bench", "--only", "singals"));

        Assert.StartsWith("error SLW1001: 'singals' is no group or target of bench", _cli.Error, StringComparison.Ordinal);
    }
}
