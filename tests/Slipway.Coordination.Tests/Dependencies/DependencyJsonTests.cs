using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using static Slipway.Coordination.Tests.Dependencies.ResolverBench;

namespace Slipway.Coordination.Tests.Dependencies;

public sealed class DependencyJsonTests
{
    [Theory]
    [InlineData("id", "type")]
    [InlineData("dependency_id", "dependency_type")]
    public void Read_EitherSpelling_IsTheSame(string id, string type)
    {
        var list = DependencyJson.Read(Json($$"""[{"{{id}}": "m", "{{type}}": "agent_completion", "target": "a", "timeout": 2.5, "max_retries": 1, "metadata": {"agent_id": "a", "require_success": false} }]"""), "b");

        Assert.Empty(list.Problems);
        Assert.Equal(
            new Dependency { Id = "m", Target = "a", Timeout = TimeSpan.FromSeconds(2.5), MaxRetries = 1, Metadata = new AgentCompletionMetadata { RequireSuccess = false } },
            Assert.Single(list.Dependencies));
    }

    [Fact]
    public void Read_LeftOut_HasTheDefaults()
    {
        var list = DependencyJson.Read(
            Json("""[{"id": "a", "type": "agent_completion", "target": "a"}, {"id": "r", "type": "resource_availability", "target": "r"}, {"id": "g", "type": "quality_gate", "metadata": {"gate_id": "g"}}]"""), "b");

        Assert.Empty(list.Problems);
        Assert.All(list.Dependencies, dependency => Assert.Equal((TimeSpan.FromSeconds(120), 3), (dependency.Timeout, dependency.MaxRetries)));
        Assert.Equal(
            [
                new AgentCompletionMetadata { CompletionEvent = "completion", RequireSuccess = true },
                new ResourceMetadata { ResourceType = "service", CheckInterval = TimeSpan.FromMilliseconds(100), AvailabilityThreshold = 1 },
                new QualityGateMetadata { Threshold = null, GateType = GateType.Score },
            ],
            list.Dependencies.Select(dependency => dependency.Metadata));
        Assert.Equal("g", list.Dependencies[2].Target);
    }

    [Fact]
    public void Read_KindOfOnesOwn_KeepsItsMetadata()
    {
        var dependency = DependencyJson.Read(Json("""[{"id": "x", "type": "moon", "target": "m", "metadata": {"phase": "full"}}]"""), "b").Dependencies.Single();

        Assert.Equal("full", Assert.IsType<CustomMetadata>(dependency.Metadata).Data.GetProperty("phase").GetString());
    }

    [Theory]
    [InlineData("""{"type": "agent_completion", "target": "a"}""", "SLW5454 dependencies[0].id")]
    [InlineData("""{"id": "x", "target": "a"}""", "SLW5454 dependencies[0].type")]
    [InlineData("""{"id": "x", "type": "agent_completion"}""", "SLW5454 dependencies[0].target")]
    [InlineData("""{"id": 7, "type": "agent_completion", "target": "a"}""", "SLW5455 dependencies[0].id")]
    [InlineData("""{"id": "x", "dependency_id": "y", "type": "agent_completion", "target": "a"}""", "SLW5456 dependencies[0].dependency_id")]
    [InlineData("""{"id": "x", "type": "agent_completion", "target": "a", "timeout": 0}""", "SLW5456 dependencies[0].timeout")]
    [InlineData("""{"id": "x", "type": "agent_completion", "target": "a", "timeout": 1e300}""", "SLW5456 dependencies[0].timeout")]
    [InlineData("""{"id": "x", "type": "agent_completion", "target": "a", "timeout": "5"}""", "SLW5455 dependencies[0].timeout")]
    [InlineData("""{"id": "x", "type": "agent_completion", "target": "a", "max_retries": 101}""", "SLW5456 dependencies[0].max_retries")]
    [InlineData("""{"id": "x", "type": "agent_completion", "target": "a", "metadata": {"agent_id": "b"}}""", "SLW5456 dependencies[0].target")]
    [InlineData("""{"id": "x", "type": "agent_completion", "target": "a", "metadata": {"require_success": 1}}""", "SLW5455 dependencies[0].metadata.require_success")]
    [InlineData("""{"id": "x", "type": "resource_availability", "target": "a", "metadata": {"availability_threshold": 1.2}}""", "SLW5456 dependencies[0].metadata.availability_threshold")]
    [InlineData("""{"id": "x", "type": "resource_availability", "target": "a", "metadata": {"check_interval_ms": 0}}""", "SLW5456 dependencies[0].metadata.check_interval_ms")]
    [InlineData("""{"id": "x", "type": "quality_gate", "target": "a", "metadata": {"threshold": -1}}""", "SLW5456 dependencies[0].metadata.threshold")]
    [InlineData("""{"id": "x", "type": "quality_gate", "target": "a", "metadata": {"gate_type": "No Type"}}""", "SLW5456 dependencies[0].metadata.gate_type")]
    [InlineData("""{"id": "x", "type": "quality_gate", "target": "a", "metadata": {"agent_id": "a"}}""", "SLW5453 dependencies[0].metadata.agent_id")]
    [InlineData("17", "SLW5455 dependencies[0]")]
    public void Read_Wrong_NamesThePlace(string dependency, string expected) =>
        Assert.Equal(expected, DependencyJson.Read(Json($"[{dependency}]"), "b").Problems.Select(problem => $"{problem.Code} {problem.Place}").Single());

    [Fact]
    public void ReadContext_ShortForm_IsRead()
    {
        var list = DependencyJson.ReadContext(Json("""{"agent_id": "b", "dependencies": ["a", {"id": "x", "type": "agent_completion", "target": "c"}]}"""));

        Assert.Empty(list.Problems);
        Assert.Equal(("b", "a_complete", "x"), (list.AgentId, list.Dependencies[0].Id, list.Dependencies[1].Id));
    }

    [Fact]
    public void ReadContext_WithoutAgentAndWithWrongDependencies_NamesBoth() =>
        Assert.Equal(["SLW5454 agent_id", "SLW5455 dependencies"], DependencyJson.ReadContext(Json("""{"dependencies": {}}""")).Problems.Select(problem => $"{problem.Code} {problem.Place}"));
}
