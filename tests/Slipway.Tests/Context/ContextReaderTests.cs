using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Context;

public sealed class ContextReaderTests
{
    private const string Host = "demo-dev.abc.us-east-1.rds.amazonaws.com";

    [Fact]
    public async Task Read_WhatWasWritten_GivesTheSameFactsWithTheirSources()
    {
        var (model, _) = await SmallContext.BuildAsync();
        var (context, problems) = SmallContext.Read(await SmallContext.WriteAsync());

        Assert.Empty(problems);
        Assert.Equal(model.Facts.Project, context!.Facts.Project);
        Assert.Equal(model.Facts.Database, context.Facts.Database);
        Assert.Equal(model.Facts.Cache, context.Facts.Cache);
        Assert.Equal(model.Facts.Storage, context.Facts.Storage);
        Assert.Equal(model.Facts.Cluster, context.Facts.Cluster);
        Assert.Equal(model.Facts.Networking!.PrivateSubnetIds.Content, context.Facts.Networking!.PrivateSubnetIds.Content);
        Assert.Equal(model.Facts.Networking.PrivateSubnetIds.Source, context.Facts.Networking.PrivateSubnetIds.Source);
        Assert.Equal(model.Facts.Registry!.RepositoryUrls, context.Facts.Registry!.RepositoryUrls);
        Assert.Equal(model.Facts.IrsaRoles, context.Facts.IrsaRoles);
        Assert.Equal(new SourcePlace("services.yaml", 4, 11, "services[0].port"), context.Inventory.Workloads[0].Ports[0].ContainerPort.Source.Place);
        Assert.Equal(ProvenanceKind.Default, context.Inventory.Workloads[0].Replicas.Source.Kind);
        Assert.Equal(["outputs.json", "services.yaml"], context.Inputs.Select(input => input.Name));
        Assert.Equal(SmallContext.Plan.Levels.SelectMany(level => level.Entries).Select(entry => entry.Text), context.Plan.Levels.SelectMany(level => level.Entries).Select(entry => entry.Text));
    }

    [Fact]
    public async Task Read_UnknownFacts_StayUnknown()
    {
        var (model, _) = await SmallContext.BuildAsync(allowUnknown: true, text => text.Replace("private_subnets", "x", StringComparison.Ordinal).Replace("db_instance_name", "y", StringComparison.Ordinal));

        var (context, problems) = SmallContext.Read(new InMemoryFileSystem().AddContext(SmallContext.Render(model)));

        Assert.Empty(problems);
        Assert.Equal("networking.private_subnet_ids", context!.Facts.Networking!.PrivateSubnetIds.UnknownName);
        Assert.Equal("database.database_name", context.Facts.Database!.DatabaseName.UnknownName);
    }

    [Fact]
    public async Task Read_EditedSummary_CountsAndComesFromItsLine()
    {
        var files = (await SmallContext.WriteAsync()).Edit(ContextFiles.Summary, $"endpoint: {Host}", "endpoint: db.internal");

        var (context, problems) = SmallContext.Read(files);

        Assert.Empty(problems);
        var endpoint = context!.Facts.Database!.Endpoint;
        Assert.Equal("db.internal", endpoint.Content);
        Assert.Equal(ProvenanceKind.Edited, endpoint.Source.Kind);
        Assert.Equal("k8s-context/outputs-summary.yaml", endpoint.Source.Place!.File);
        Assert.NotNull(endpoint.Source.Place.Line);
        Assert.Equal(ProvenanceKind.Terraform, context.Facts.Database.DatabaseName.Source.Kind);
    }

    [Fact]
    public async Task Read_EditedVariables_CountAsWell()
    {
        var files = (await SmallContext.WriteAsync())
            .Edit(ContextFiles.Variables, $"database_host: {Host}", "database_host: db.internal")
            .Edit(ContextFiles.Variables, "redis_port: \"6379\"", "redis_port: \"6380\"")
            .Edit(ContextFiles.Variables, "demo-web-ui:1.0.0", "demo-web-ui:1.0.1");

        var (context, problems) = SmallContext.Read(files);

        Assert.Empty(problems);
        Assert.Equal("db.internal", context!.Facts.Database!.Endpoint.Content);
        Assert.Equal(6380, context.Facts.Cache!.Port.Content);
        var image = context.Inventory.Workloads[0].Image;
        Assert.Equal(("123456789012.dkr.ecr.us-east-1.amazonaws.com/demo-web-ui", "1.0.1"), (image.Repository.Content, image.Tag!.Content));
        Assert.True(context.Inventory.Workloads[1].Image.FromRegistry);
    }

    [Fact]
    public async Task Read_BothFilesEditedDifferently_IsAContradiction()
    {
        var files = (await SmallContext.WriteAsync())
            .Edit(ContextFiles.Summary, $"endpoint: {Host}", "endpoint: one.internal")
            .Edit(ContextFiles.Variables, $"database_host: {Host}", "database_host: two.internal");

        var (context, problems) = SmallContext.Read(files);

        Assert.Null(context);
        var problem = Assert.Single(problems);
        Assert.Equal("SLW1126", problem.Code);
        Assert.Equal("'config_values.database_host' is 'two.internal', but 'database.endpoint' in k8s-context/outputs-summary.yaml is 'one.internal'", problem.Summary);
    }

    [Fact]
    public async Task Read_SeveralFaults_AreAllReportedWithLineAndColumn()
    {
        var files = (await SmallContext.WriteAsync())
            .Edit(ContextFiles.Summary, "  vpc_id: vpc-1\n", "  vpc_idd: vpc-1\n")
            .Edit(ContextFiles.Summary, "port: 5432", "port: 99999")
            .Edit(ContextFiles.Summary, "region: us-east-1", "region: Virginia")
            .Edit(ContextFiles.Variables, "demo-web-ui:1.0.0", "demo-web-ui:latest")
            .Edit(ContextFiles.Plan, "level_2a", "level_x");

        var (context, problems) = SmallContext.Read(files);

        Assert.Null(context);
        Assert.Equal(["SLW1122", "SLW1123", "SLW1125", "SLW1125", "SLW1125", "SLW1315"], problems.Select(problem => problem.Code).Order(StringComparer.Ordinal));
        Assert.All(problems, problem => Assert.NotNull(problem.Place!.Line));
    }

    [Fact]
    public async Task Read_MissingFiles_AreAllNamed()
    {
        var files = await SmallContext.WriteAsync();
        files.DeleteFile($"{SmallContext.Folder}/{ContextFiles.Plan}");
        files.DeleteFile($"{SmallContext.Folder}/{ContextFiles.Inventory}");

        var (context, problems) = SmallContext.Read(files);

        Assert.Null(context);
        Assert.Equal(["k8s-context/k8s-generation-plan.yaml", "k8s-context/service-inventory.yaml"], problems.Select(problem => problem.Place!.File));
        Assert.All(problems, problem => Assert.Equal("SLW1121", problem.Code));
    }

    [Fact]
    public async Task Read_WithoutRecordOfSources_TakesAllAsWrittenByHand()
    {
        var files = await SmallContext.WriteAsync();
        files.Add($"{SmallContext.Folder}/{ContextFiles.Sources}", "{");

        var (context, problems) = SmallContext.Read(files);

        Assert.Equal(("SLW1127", Severity.Warning), (Assert.Single(problems).Code, problems[0].Severity));
        Assert.Equal(ProvenanceKind.Edited, context!.Facts.Project.Name.Source.Kind);
    }
}
