using Slipway.Coordination.Contexts;
using static Slipway.Coordination.Tests.Contexts.Packages;

namespace Slipway.Coordination.Tests.Contexts;

/// <summary>The faults of the original library's contexts, each by its number there.</summary>
public sealed class ContextFaultTests
{
    // 1: the session id was left out by the library itself, found only half way, and every coordination ended in an error.
    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Distribute_WithoutASession_IsRefusedClearlyBeforeAnythingIsStored(string? sessionId)
    {
        var distributor = new ContextDistributor();

        var distribution = distributor.Distribute(Request("a", "b") with { SessionId = sessionId! });

        var problem = Assert.Single(distribution.Problems);
        Assert.Equal("session_id: error SLW5500: The session id is missing. Fix: Give a session id of 1 to 100 printable characters.", problem.ToString());
        Assert.Empty(distributor.ListCoordinations());
        Assert.True(distributor.Distribute(Request("a", "b")).IsDistributed);
    }

    // 13: no assignments at all ended in a division by zero.
    [Fact]
    public void Distribute_WithoutAssignments_GivesNoPackagesAndIsNoProblem()
    {
        var distributor = new ContextDistributor();

        var distribution = distributor.Distribute(Request());

        Assert.True(distribution.IsDistributed);
        Assert.Empty(distribution.Contexts);
        Assert.True(distributor.Update(Types("""{"User": 1}""")).IsComplete);
        Assert.Equal("1: User=1", Text(distributor.Distribute(Request("late")).Contexts["late"]));
        Assert.True(distributor.Clear("codegen-1"));
    }

    // 13: packages were stored twice; the second copy was never updated and never cleared.
    [Fact]
    public void Get_AfterUpdateAndClear_IsNeverStale()
    {
        var distributor = new ContextDistributor();
        distributor.Distribute(Request("a"));
        distributor.Update(Types("""{"User": 1}""", "a"));
        Assert.Equal("2: User=1", Text(distributor.Get("codegen-1", "a")));

        distributor.Clear("codegen-1");

        Assert.Null(distributor.Get("codegen-1", "a"));
        Assert.Equal("1: ", Text(distributor.Distribute(Request("a")).Contexts["a"]));
    }

    // 13: an update of one agent wrote all of them anew.
    [Fact]
    public void Update_OfOneAgent_LeavesTheOthersSharingWhatTheyKnow()
    {
        var distributor = new ContextDistributor();
        distributor.Distribute(Request([.. Enumerable.Range(0, 1_000).Select(number => $"agent-{number}")]));
        var before = distributor.Get("codegen-1", "agent-1")!;
        var bytes = GC.GetAllocatedBytesForCurrentThread();

        distributor.Update(Types("""{"User": 1}""", "agent-7"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - bytes, 1, 20_000);
        Assert.Equal(before, distributor.Get("codegen-1", "agent-1"));
        Assert.Same(before.SharedIntelligence, distributor.Get("codegen-1", "agent-2")!.SharedIntelligence);
    }

    // 13: unknown keys of the shared intelligence, and resources such as max_cpu_cores, were passed over in silence.
    [Fact]
    public void Read_UnknownKeys_AreToldWithWhatWasPerhapsMeant()
    {
        var problems = AgentContextJson.ReadShared(Json("""{"type_registery": {}, "shared_types": {}}"""), "shared_intelligence").Problems
            .Concat(AgentContextJson.ReadResources(Json("""{"max_cpu_cores": 4, "max_memory": 1}""")).Problems).ToList();

        Assert.Equal(
            ["SLW5509 shared_intelligence.type_registery", "SLW5509 shared_intelligence.shared_types", "SLW5509 max_cpu_cores", "SLW5509 max_memory"],
            Texts(problems));
        Assert.Equal("Did you mean 'type_registry'?", problems[0].Fix);
        Assert.Equal("Did you mean 'max_memory_mb'?", problems[3].Fix);
    }
}
