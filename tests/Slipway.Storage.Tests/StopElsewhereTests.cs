using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Storage.Tests.Postgres;
using Slipway.Storage.Tests.Sqlite;
using Slipway.Testing.Postgres;

namespace Slipway.Storage.Tests;

/// <summary>Two engines on two openings of one store, as two processes have them: one runs, the other stops the run.</summary>
public sealed class StopElsewhereTests(PostgresFixture postgres) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly OpenedFile _file = new();
    private readonly OpenedSchema _schema = new(postgres);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PauseAndCancel_HeldThroughTheOtherStore_AreDoneThere(bool isPostgres)
    {
        var (one, two) = (await OpenAsync(isPostgres), await OpenAsync(isPostgres));
        var begun = new SemaphoreSlim(0);
        var agents = new AgentRegistry
        {
            {
                "slow", new DelegateAgent(async (_, token) =>
                {
                    begun.Release();
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                    return StepOutcome.Success;
                })
            },
        };
        var (runs, stops) = (new RunEngine(one, agents), new RunEngine(two, agents));
        var running = runs.StartAsync("run", new Plan { Name = "p", Steps = [new Step { Id = "a", Agent = "slow" }] });
        Assert.True(await begun.WaitAsync(Patience));

        Assert.Equal(RunStatus.Paused, (await stops.PauseAsync("run", PauseMode.Stop, "lunch").WaitAsync(Patience)).Status);
        Assert.Equal(RunStatus.Paused, (await running).Status);
        running = runs.ResumeAsync("run");
        Assert.True(await begun.WaitAsync(Patience));

        Assert.Equal(RunStatus.Cancelled, (await stops.CancelAsync("run", "enough").WaitAsync(Patience)).Status);
        Assert.Equal(RunStatus.Cancelled, (await running).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        await _schema.DisposeAsync();
    }

    private async Task<IRunJournal> OpenAsync(bool isPostgres) => isPostgres ? (await _schema.OpenAsync()).Journal : _file.Open().Journal;
}
