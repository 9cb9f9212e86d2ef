using System.Text.Json;
using Slipway.Coordination.Contexts;
using Slipway.Testing.Time;
using static Slipway.Coordination.Tests.Contexts.Packages;

namespace Slipway.Coordination.Tests.Contexts;

public sealed class ContextDistributorTests
{
    private readonly ContextDistributor _distributor = new();

    [Fact]
    public void Distribute_Assignments_GivesEachItsFivePartsWithDefaults()
    {
        var clock = new ManualTimeProvider();
        var distributor = new ContextDistributor(new ContextDistributorOptions { Time = clock });
        var special = new ResourceAllocation { MaxMemoryMb = 64 };

        var distribution = distributor.Distribute(Request("model", "tests") with
        {
            ParentWorkflowId = "parent",
            Resources = new Dictionary<string, ResourceAllocation> { ["tests"] = special },
            Shared = new SharedIntelligence { TypeRegistry = Map("""{"User": "class"}""") },
        });

        Assert.True(distribution.IsDistributed);
        var model = distribution.Contexts["model"];
        Assert.Equal(
            new CoordinationMetadata
            {
                SessionId = "session-1",
                CoordinationId = "codegen-1",
                AgentId = "model",
                AgentRole = "model",
                ParentWorkflowId = "parent",
                CreatedAt = clock.GetUtcNow(),
            },
            model.CoordinationMetadata);
        Assert.Equal((1L, "do model", CoordinationProtocols.Default, ResourceAllocation.Default), (model.ContextVersion, model.AgentAssignment.Objective, model.CoordinationProtocols, model.ResourceAllocation));
        Assert.Equal(special, distribution.Contexts["tests"].ResourceAllocation);
        Assert.Equal(model, distributor.Get("codegen-1", "model"));
        Assert.Same(model.SharedIntelligence, distributor.Get("codegen-1", "tests")!.SharedIntelligence);
        Assert.Equal(["model", "tests"], distributor.List("codegen-1"));
    }

    [Fact]
    public void Defaults_OfTheParts_AreTheContracts()
    {
        var protocols = CoordinationProtocols.Default;
        var resources = ResourceAllocation.Default;

        Assert.Equal((5_000, 10_000), (protocols.UpdateInterval.TotalMilliseconds, protocols.HeartbeatInterval.TotalMilliseconds));
        Assert.Equal(("state", "state", "state", null), (protocols.StatusUpdateChannel, protocols.ResultDeliveryChannel, protocols.ErrorReportingChannel, protocols.CoordinationEndpoint));
        Assert.Equal((300_000, 3, 512, 0.8), (resources.MaxExecutionTime.TotalMilliseconds, resources.MaxRetryAttempts, resources.MaxMemoryMb, resources.QualityThreshold));
        Assert.Equal((30_000, 10), (resources.Timeout.TotalMilliseconds, resources.ConcurrencyLimit));
    }

    [Fact]
    public void Distribute_ManyProblems_AreAllToldAndNothingIsStored()
    {
        var distribution = _distributor.Distribute(Request("good", "b\nad") with
        {
            CoordinationId = "",
            Shared = new SharedIntelligence { PatternLibrary = Map("""{"validation": "email"}"""), DependencyGraph = Map("""{"a": [1]}""") },
            Resources = new Dictionary<string, ResourceAllocation> { ["god"] = new() { MaxExecutionTime = TimeSpan.FromMilliseconds(999), QualityThreshold = double.NaN } },
            Protocols = new CoordinationProtocols { UpdateInterval = TimeSpan.FromMilliseconds(99), StatusUpdateChannel = "" },
        });

        Assert.Equal(
            [
                "SLW5500 coordination_id", "SLW5500 agent_assignments.b\nad",
                "SLW5508 shared_intelligence.pattern_library.validation", "SLW5508 shared_intelligence.dependency_graph.a",
                "SLW5501 resource_allocations.god.max_execution_time_ms", "SLW5501 resource_allocations.god.quality_threshold", "SLW5506 resource_allocations.god",
                "SLW5501 coordination_protocols.update_interval_ms", "SLW5500 coordination_protocols.status_update_channel",
            ],
            Texts(distribution.Problems));
        Assert.Equal("Did you mean 'good'?", distribution.Problems[6].Fix);
        Assert.Empty(distribution.Contexts);
        Assert.Empty(_distributor.ListCoordinations());
    }

    [Fact]
    public void Distribute_AgentsThatJoin_GetWhatTheOthersKnowAtVersionOne()
    {
        _distributor.Distribute(Request("a"));
        _distributor.Update(Types("""{"User": 1}"""));

        var joined = _distributor.Distribute(Request("b"));
        _distributor.Update(Types("""{"Post": 2}"""));

        Assert.Equal("1: User=1", Text(joined.Contexts["b"]));
        Assert.Equal("2: Post=2 User=1", Text(_distributor.Get("codegen-1", "b")));
        Assert.Equal("3: Post=2 User=1", Text(_distributor.Get("codegen-1", "a")));
        Assert.Equal(["a", "b"], _distributor.List("codegen-1"));
    }

    [Fact]
    public void Distribute_AgainWithOtherSessionAgentOrKnowledge_IsRefused()
    {
        _distributor.Distribute(Request("a"));

        var refused = _distributor.Distribute(Request("a", "b") with { SessionId = "session-2", Shared = SharedIntelligence.Empty });

        Assert.Equal(["SLW5505 session_id", "SLW5504 shared_intelligence", "SLW5504 agent_assignments.a"], Texts(refused.Problems));
        Assert.Equal(["a"], _distributor.List("codegen-1"));
    }

    [Fact]
    public void Distribute_OverALimit_IsRefused()
    {
        var distributor = new ContextDistributor(new ContextDistributorOptions { MaxAgents = 2, MaxCoordinations = 1, MaxAssignmentBytes = 1024, MaxSharedBytes = 1024 });
        var large = Map($$"""{"x": "{{new string('x', 1100)}}"}""");

        Assert.Equal(["SLW5503 agent_assignments"], Texts(distributor.Distribute(Request("a", "b", "c")).Problems));
        var tooLarge = Request("a") with
        {
            Assignments = new Dictionary<string, AgentAssignment> { ["a"] = new() { InputData = large } },
            Shared = new SharedIntelligence { ValidationRules = large },
        };
        Assert.Equal(["SLW5502 agent_assignments.a", "SLW5502 shared_intelligence"], Texts(distributor.Distribute(tooLarge).Problems));
        Assert.True(distributor.Distribute(Request("a", "b")).IsDistributed);
        Assert.Equal(["SLW5503 agent_assignments"], Texts(distributor.Distribute(Request("c")).Problems));
        Assert.Equal(["SLW5503 coordination_id"], Texts(distributor.Distribute(Request("a") with { CoordinationId = "other" }).Problems));
        Assert.Equal(["SLW5502 update_data"], Texts(distributor.Update(Types($$"""{"x": "{{new string('x', 1100)}}"}""")).Problems));
        var some = distributor.Update(Types($$"""{"x": "{{new string('x', 1100)}}"}""", "a"));
        Assert.Equal(("SLW5502", 0), (some.Refused["a"].Code, some.Updated.Count));
        Assert.Equal("1: ", Text(distributor.Get("codegen-1", "a")));
    }

    [Fact]
    public void Distribute_WhatWasGivenChangesLater_IsNotChanged()
    {
        var tasks = new List<string> { "parse" };
        ContextRequest request;
        using (var document = JsonDocument.Parse("""{"path": "a.yaml"}"""))
        {
            var input = new Dictionary<string, JsonElement> { ["contract"] = document.RootElement };
            request = Request("a") with
            {
                Assignments = new Dictionary<string, AgentAssignment> { ["a"] = new() { AgentRole = "parser", Tasks = tasks, InputData = input } },
                Shared = new SharedIntelligence { TypeRegistry = input },
            };
            _distributor.Distribute(request);
            input.Clear();
            tasks.Add("more");
        }

        var context = _distributor.Get("codegen-1", "a")!;

        Assert.Equal(["parse"], context.AgentAssignment.Tasks);
        Assert.Equal("""{"path": "a.yaml"}""", context.AgentAssignment.InputData["contract"].GetRawText());
        Assert.Equal("""1: contract={"path": "a.yaml"}""", Text(context));
        Assert.Equal("parser", context.CoordinationMetadata.AgentRole);
    }

    [Fact]
    public void Get_Unknown_IsNothing()
    {
        _distributor.Distribute(Request("a"));

        Assert.Null(_distributor.Get("codegen-1", "b"));
        Assert.Null(_distributor.Get("other", "a"));
        Assert.Empty(_distributor.List("other"));
    }

    [Fact]
    public void Update_AllAgents_MergesAndCountsOnce()
    {
        _distributor.Distribute(Request("b", "a") with { Shared = new SharedIntelligence { TypeRegistry = Map("""{"User": 1, "Post": 1}""") } });
        var before = _distributor.Get("codegen-1", "a");

        var result = _distributor.Update(Types("""{"User": null, "Tag": 2}"""));

        Assert.True(result.IsComplete);
        Assert.Equal(["a", "b"], result.Updated);
        Assert.Equal("2: Post=1 Tag=2 User=null", Text(_distributor.Get("codegen-1", "a")));
        Assert.Same(_distributor.Get("codegen-1", "a")!.SharedIntelligence, _distributor.Get("codegen-1", "b")!.SharedIntelligence);
        Assert.Equal("1: Post=1 User=1", Text(before));
    }

    [Fact]
    public void Update_SomeAgents_TellsOnlyThemAndWhoIsUnknown()
    {
        _distributor.Distribute(Request("model", "tests", "docs"));

        var result = _distributor.Update(Types("""{"User": 1}""", "tests", "models", "docs", "docs"));

        Assert.Equal(["docs", "tests"], result.Updated);
        Assert.Equal("Did you mean 'model'?", result.Refused["models"].Fix);
        Assert.False(result.IsComplete);
        Assert.Equal("1: ", Text(_distributor.Get("codegen-1", "model")));
        Assert.Equal("2: User=1", Text(_distributor.Get("codegen-1", "docs")));
        Assert.Same(_distributor.Get("codegen-1", "docs")!.SharedIntelligence, _distributor.Get("codegen-1", "tests")!.SharedIntelligence);
    }

    [Fact]
    public void Update_AllAfterSome_ReachesWhoKnowsMore()
    {
        _distributor.Distribute(Request("a", "b"));
        _distributor.Update(Types("""{"User": "mine", "Own": 1}""", "a"));
        _distributor.Update(Types("""{"User": "all", "Tag": 2}"""));

        Assert.Equal("""3: Own=1 Tag=2 User="all" """.TrimEnd(), Text(_distributor.Get("codegen-1", "a")));
        Assert.Equal("""2: Tag=2 User="all" """.TrimEnd(), Text(_distributor.Get("codegen-1", "b")));
    }

    [Fact]
    public void Update_NotCounted_LeavesTheVersion()
    {
        _distributor.Distribute(Request("a"));
        _distributor.Update(Types("""{"User": 1}""") with { IncrementVersion = false });
        _distributor.Update(Types("""{"Post": 1}""", "a") with { IncrementVersion = false });

        Assert.Equal("1: Post=1 User=1", Text(_distributor.Get("codegen-1", "a")));
    }

    [Fact]
    public void Update_UnknownCoordinationOrField_TellsNobody()
    {
        _distributor.Distribute(Request("a"));

        Assert.Equal(["SLW5507 coordination_id"], Texts(_distributor.Update(Types("{}") with { CoordinationId = "other" }).Problems));
        Assert.Equal(["SLW5501 update_type"], Texts(_distributor.Update(Types("{}") with { Field = (SharedIntelligenceField)7 }).Problems));
        var wrong = Types("""{"a": {}, "b": ["x", 1]}""") with { Field = SharedIntelligenceField.DependencyGraph };
        Assert.Equal(["SLW5508 update_data.a", "SLW5508 update_data.b"], Texts(_distributor.Update(wrong).Problems));
        Assert.Equal("1: ", Text(_distributor.Get("codegen-1", "a")));
    }

    [Fact]
    public void Clear_Known_ForgetsAllOnce()
    {
        _distributor.Distribute(Request("a"));
        _distributor.Update(Types("""{"User": 1}""", "a"));

        Assert.True(_distributor.Clear("codegen-1"));
        Assert.False(_distributor.Clear("codegen-1"));
        Assert.Null(_distributor.Get("codegen-1", "a"));
        Assert.Empty(_distributor.List("codegen-1"));
        Assert.Equal("1: ", Text(_distributor.Distribute(Request("a") with { SessionId = "session-2" }).Contexts["a"]));
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContextDistributor(new ContextDistributorOptions { MaxAgents = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContextDistributor(new ContextDistributorOptions { MaxSharedBytes = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContextDistributor(new ContextDistributorOptions { DefaultResources = new() { ConcurrencyLimit = 0 } }));
    }

    [Fact]
    public void Keys_OfAgentAndCoordination_AreTheContracts()
    {
        Assert.Equal("agent_context_codegen-1_model", ContextKeys.OfAgent("codegen-1", "model"));
        Assert.Equal("coordination_contexts_codegen-1", ContextKeys.OfCoordination("codegen-1"));
    }
}
