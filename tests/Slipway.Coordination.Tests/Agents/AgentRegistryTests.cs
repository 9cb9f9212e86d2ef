using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Agents;

public sealed class AgentRegistryTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly AgentRegistry _registry;

    public AgentRegistryTests() => _registry = new AgentRegistry(_clock);

    [Fact]
    public void Add_NameAlone_HasTheDefaults()
    {
        _registry.Add("coder", TestAgents.Idle);

        var entry = _registry.FindEntry("coder")!;
        Assert.Equal((50, null, null), (entry.Descriptor.Priority, entry.Descriptor.MaxConcurrency, entry.Descriptor.HeartbeatInterval));
        Assert.Equal((AgentStatus.Active, null, 0d), (entry.Status, entry.SuccessRate, entry.Load));
        Assert.Null(entry.Capacity);
    }

    [Fact]
    public void Register_TakenName_IsRefused()
    {
        _registry.Add("coder", TestAgents.Idle);

        Assert.Throws<ArgumentException>(() => _registry.Register("coder", []));
    }

    [Theory]
    [InlineData(101, null)]
    [InlineData(-1, null)]
    [InlineData(50, 0)]
    [InlineData(50, 10_001)]
    public void Register_ValueOutOfRange_IsRefused(int priority, int? maxConcurrency) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _registry.Register("coder", [], priority, maxConcurrency));

    [Fact]
    public void Names_AnyOrderOfAdding_AreSorted()
    {
        foreach (var name in new[] { "b", "c", "a" }) _registry.Add(name, TestAgents.Idle);

        Assert.Equal(["a", "b", "c"], _registry.Names);
        Assert.Equal(["a", "b", "c"], _registry.Select(agent => agent.Key));
    }

    [Fact]
    public void Remove_Agent_FreesItsName()
    {
        _registry.Add("coder", TestAgents.Idle);

        Assert.True(_registry.Remove("coder"));
        Assert.False(_registry.Remove("coder"));
        Assert.Null(_registry.Find("coder"));
        _registry.Add("coder", TestAgents.Idle);
    }

    [Fact]
    public void Status_SilentForLongerThanItsInterval_IsInactiveUntilTheNextHeartbeat()
    {
        var entry = _registry.Register(new AgentDescriptor { Name = "remote", HeartbeatInterval = TimeSpan.FromSeconds(10) }, TestAgents.Idle);

        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(AgentStatus.Active, entry.Status);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(AgentStatus.Inactive, entry.Status);
        Assert.True(_registry.Heartbeat("remote", load: 0.4));
        Assert.Equal((AgentStatus.Active, 0.4), (entry.Status, entry.Load));
    }

    [Fact]
    public void Status_EndOfWork_IsASignOfLife()
    {
        var entry = _registry.Register(new AgentDescriptor { Name = "remote", HeartbeatInterval = TimeSpan.FromSeconds(10) }, TestAgents.Idle);
        entry.BeginWork();
        _clock.Advance(TimeSpan.FromSeconds(11));

        entry.EndWork(StepOutcome.Success);

        Assert.Equal(AgentStatus.Active, entry.Status);
    }

    [Theory]
    [InlineData(AgentStatus.Maintenance)]
    [InlineData(AgentStatus.Error)]
    public void Heartbeat_AgentOutOfService_DoesNotBringItBack(AgentStatus status)
    {
        _registry.Add("coder", TestAgents.Idle);
        Assert.True(_registry.SetStatus("coder", status));

        Assert.True(_registry.Heartbeat("coder"));
        Assert.Equal(status, _registry.FindEntry("coder")!.Status);
        _registry.SetStatus("coder", AgentStatus.Active);
        Assert.Equal(AgentStatus.Active, _registry.FindEntry("coder")!.Status);
    }

    [Fact]
    public void Heartbeat_UnknownAgent_IsToldSo()
    {
        Assert.False(_registry.Heartbeat("nobody"));
        Assert.False(_registry.SetStatus("nobody", AgentStatus.Active));
        Assert.Throws<ArgumentOutOfRangeException>(() => _registry.Heartbeat("nobody", double.NaN));
    }

    [Fact]
    public void SuccessRate_MixedOutcomes_CountsWhatTheAgentIsAnswerableFor()
    {
        _registry.Add("coder", TestAgents.Idle);
        var entry = _registry.FindEntry("coder")!;
        StepOutcome?[] outcomes =
        [
            StepOutcome.Success, StepOutcome.Success, StepOutcome.Success, Failed(FailureKind.Permanent),
            StepOutcome.Skipped("nothing to do"), Failed(FailureKind.Cancelled), Failed(FailureKind.Interrupted), null,
        ];
        foreach (var outcome in outcomes)
        {
            entry.BeginWork();
            entry.EndWork(outcome);
        }

        Assert.Equal((0.75, 0), (entry.SuccessRate, entry.InFlight));
    }

    [Theory]
    [InlineData(null, 3, 0.3)]
    [InlineData(4, 3, 0.75)]
    [InlineData(2, 3, 1)]
    public void Load_WorkInFlight_IsAShareOfTheLimit(int? limit, int inFlight, double load)
    {
        var entry = _registry.Register("coder", [], maxConcurrency: limit);
        for (var i = 0; i < inFlight; i++) entry.BeginWork();

        Assert.Equal(load, entry.Load);
    }

    [Fact]
    public async Task Registry_ManyThreads_LosesNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                var entry = _registry.Register($"{thread}-{i}", []);
                entry.BeginWork();
                _registry.Heartbeat(entry.Name);
                entry.EndWork(StepOutcome.Success);
                if (i % 2 == 1) _registry.Remove(entry.Name);
                _ = _registry.Names.Count;
            }
        })));

        Assert.Equal(2000, _registry.Names.Count);
        Assert.All(_registry.Entries, entry => Assert.Equal((1, 0), (entry.SuccessRate, entry.InFlight)));
    }

    private static StepOutcome Failed(FailureKind kind) => StepOutcome.Failed(new Failure { Code = "test", Kind = kind, Message = "no" });
}
