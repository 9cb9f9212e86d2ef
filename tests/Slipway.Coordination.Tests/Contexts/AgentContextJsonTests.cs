using System.Buffers;
using System.Text;
using Slipway.Coordination.Contexts;
using static Slipway.Coordination.Tests.Contexts.Packages;

namespace Slipway.Coordination.Tests.Contexts;

public sealed class AgentContextJsonTests
{
    private const string Full = """
        {"coordination_metadata":{"session_id":"s","coordination_id":"c","agent_id":"a","agent_role":"parser","parent_workflow_id":"p","created_at":"2026-01-02T12:00:00.250Z"},
        "shared_intelligence":{"type_registry":{"User":"class"},"pattern_library":{"validation":["email"]},"validation_rules":{"r":null},"naming_conventions":{"class":"Pascal"},"dependency_graph":{"b":["a"]}},
        "agent_assignment":{"objective":"o","tasks":["t"],"input_data":{"x":[1.50]},"dependencies":["b"],"output_requirements":{"format":"ü"},"success_criteria":{"min":0.95}},
        "coordination_protocols":{"update_interval_ms":100,"heartbeat_interval_ms":200,"status_update_channel":"s1","result_delivery_channel":"s2","error_reporting_channel":"s3","coordination_endpoint":"http://x"},
        "resource_allocation":{"max_execution_time_ms":1000,"max_retry_attempts":0,"max_memory_mb":1,"quality_threshold":0.95,"timeout_ms":100,"concurrency_limit":1},
        "context_version":7}
        """;

    [Fact]
    public void Write_WhatWasRead_GivesTheSameBytes()
    {
        var read = AgentContextJson.Read(Json(Full));

        Assert.Empty(read.Problems);
        Assert.Equal(Full.ReplaceLineEndings(""), Written(read.Value!));
    }

    [Fact]
    public void Read_OnlyWhatMustBeThere_HasTheDefaults()
    {
        var read = AgentContextJson.Read(Json("""{"coordination_metadata": {"session_id": "s", "coordination_id": "c", "agent_id": "a", "created_at": "2026-01-02T13:00:00+01:00"}, "agent_assignment": {}}""")).Value!;

        Assert.Equal(("a", 1L), (read.CoordinationMetadata.AgentRole, read.ContextVersion));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero), read.CoordinationMetadata.CreatedAt);
        Assert.Equal((CoordinationProtocols.Default, ResourceAllocation.Default), (read.CoordinationProtocols, read.ResourceAllocation));
        Assert.Equal(("", 0, 0), (read.AgentAssignment.Objective, read.AgentAssignment.Tasks.Count, read.SharedIntelligence.TypeRegistry.Count));
    }

    [Fact]
    public void Read_ManyProblems_AreToldAtOnceWithTheirPaths()
    {
        var problems = AgentContextJson.Read(Json("""
            {"coordination_metadata": {"session_id": 1, "agent_id": "", "created_at": "soon", "agentrole": "x"},
             "shared_intelligence": {"pattern_library": {"v": 1}, "type_registry": []},
             "agent_assignment": {"tasks": "t", "dependencies": ["b", 2], "input": {}},
             "coordination_protocols": {"update_interval_ms": 99, "heartbeat_interval_ms": -1},
             "resource_allocation": {"max_execution_time_ms": 999, "max_retry_attempts": -1, "quality_threshold": 1.1, "concurrency_limit": 0, "timeout_ms": "1"},
             "context_version": 0, "extra": 1}
            """)).Problems;

        Assert.Equal(
            [
                "SLW5500 coordination_metadata.agent_id",
                "SLW5501 context_version", "SLW5501 coordination_protocols.update_interval_ms",
                "SLW5501 resource_allocation.concurrency_limit", "SLW5501 resource_allocation.max_execution_time_ms",
                "SLW5501 resource_allocation.max_retry_attempts", "SLW5501 resource_allocation.quality_threshold",
                "SLW5508 shared_intelligence.pattern_library.v",
                "SLW5509 agent_assignment.input", "SLW5509 coordination_metadata.agentrole", "SLW5509 extra",
                "SLW5510 coordination_metadata.coordination_id",
                "SLW5511 agent_assignment.dependencies[1]", "SLW5511 agent_assignment.tasks", "SLW5511 coordination_metadata.session_id",
                "SLW5511 resource_allocation.timeout_ms", "SLW5511 shared_intelligence.type_registry",
                "SLW5512 coordination_metadata.created_at", "SLW5512 coordination_protocols.heartbeat_interval_ms",
            ],
            Texts(problems).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_NothingThatMustBeThere_SaysSo() => Assert.Equal(
        ["SLW5510 coordination_metadata", "SLW5510 agent_assignment"], Texts(AgentContextJson.Read(Json("{}")).Problems));

    [Fact]
    public void Read_NoObject_SaysSo() => Assert.Equal(["SLW5511 "], Texts(AgentContextJson.Read(Json("[]")).Problems));

    [Fact]
    public void ReadAssignments_OfTheGuide_AreReadyToDistribute()
    {
        var assignments = AgentContextJson.ReadAssignments(Json("""
            {"model_generator": {"agent_role": "model_generator", "objective": "Generate models", "tasks": ["parse_contract"], "input_data": {"path": "a"},
              "dependencies": [], "output_requirements": {"format": "v2"}, "success_criteria": {"min_quality": 0.95}},
             "test_generator": {"dependencies": ["model_generator"]}}
            """));

        Assert.Empty(assignments.Problems);
        var distribution = new ContextDistributor().Distribute(Request() with { Assignments = assignments.Value! });
        Assert.Equal(["model_generator"], distribution.Contexts["test_generator"].AgentAssignment.Dependencies);
        Assert.Equal(["SLW5509 agents.a.objectiv"], Texts(AgentContextJson.ReadAssignments(Json("""{"a": {"objectiv": "x"}}"""), "agents").Problems));
    }

    [Fact]
    public void ReadUpdate_OfTheGuide_IsReadyToApply()
    {
        var update = AgentContextJson.ReadUpdate(Json(
            """{"coordination_id": "c", "update_type": "type_registry", "update_data": {"User": "class"}, "target_agents": ["a"], "increment_version": false}""")).Value!;

        Assert.Equal(("c", SharedIntelligenceField.TypeRegistry, "a", false), (update.CoordinationId, update.Field, Assert.Single(update.TargetAgents!), update.IncrementVersion));
        Assert.Null(AgentContextJson.ReadUpdate(Json("""{"coordination_id": "c", "update_type": "dependency_graph", "update_data": {}, "target_agents": null}""")).Value!.TargetAgents);
        Assert.Equal(
            ["SLW5512 update_type", "SLW5511 increment_version", "SLW5510 update_data"],
            Texts(AgentContextJson.ReadUpdate(Json("""{"coordination_id": "c", "update_type": "types", "increment_version": 1}""")).Problems));
    }

    [Fact]
    public void ReadProtocols_Channels_AreNames() => Assert.Equal(
        ["SLW5500 error_reporting_channel"], Texts(AgentContextJson.ReadProtocols(Json("""{"error_reporting_channel": ""}""")).Problems));

    private static string Written(AgentContext context)
    {
        var output = new ArrayBufferWriter<byte>();
        AgentContextJson.Write(output, context);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
