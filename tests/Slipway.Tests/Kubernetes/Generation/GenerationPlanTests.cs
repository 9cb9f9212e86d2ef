using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Generation;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;
using Slipway.Templates;

namespace Slipway.Tests.Kubernetes.Generation;

public sealed class GenerationPlanTests
{
    private static readonly PlatformModel Model = SamplePlatform.Rich();

    [Fact]
    public void ToNode_Written_ReadsBackAsTheSamePlan()
    {
        var text = Text();

        var problems = new List<Diagnostic>();
        var plan = GenerationPlanReader.Read(text, "plan.yaml", problems)!;

        Assert.Empty(problems);
        Assert.Equal(text, DocumentWriter.Write(plan.ToNode(Model)));
    }

    [Fact]
    public void ToNode_Levels_HaveTheContractsKeys()
    {
        var order = GenerationPlan.For(Model).ToNode(Model).Mapping("generation_order")!;

        Assert.Equal(["level_1", "level_2a", "level_2c", "level_3", "level_4", "level_5", "level_6"], order.Select(level => level.Key).Where(key => key is not "level_0" and not "level_2b"));
        Assert.Equal("sequential", order.Mapping("level_2a")!.Text("order"));
        Assert.Equal(["frontend", "gateway", "backend", "processing"], order.Mapping("level_4")!.Mapping("parallel_groups")!.Select(group => group.Key));
        var service = (MappingNode)GenerationPlan.For(Model).ToNode(Model).Mapping("service_inventory")!.Sequence("services")![1];
        Assert.Equal(["name", "port", "tier", "service_account"], service.Select(entry => entry.Key));
    }

    [Fact]
    public void Open_DefaultPlan_PutsEachItemAfterWhatItDependsOn()
    {
        var session = Generate.Session(Model);

        var done = new HashSet<string>();
        foreach (var item in session.Items)
        {
            Assert.Empty(item.DependsOn.Except(done));
            done.Add(item.Id);
        }

        var gateway = session.Items.Single(item => item.Id == "deployments/api-gateway");
        Assert.Equal(["configmaps/common-config", "directories/base", "namespace/namespace", "rbac/service-accounts", "secrets/external-secrets"], gateway.DependsOn);
        Assert.Equal(["directories/base", "namespace/namespace"], session.Items.Single(item => item.Id == "services/services").DependsOn);
    }

    [Fact]
    public void Open_DroppedOptionalItem_IsNotGeneratedAndNotListed()
    {
        var session = Open(Text().Replace("    - base/pdb/pdb.yaml\n", "", StringComparison.Ordinal), out _)!;

        Assert.DoesNotContain(session.Items, item => item.Id == "pdb/pdb");
        Assert.DoesNotContain("pdb", session.Generate("base/kustomization").Files[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DroppedFilesWithTheirDocuments_AreSpokenOfNowhere()
    {
        string[] dropped = ["- overlays/staging/", "- argocd-apps/", "- infrastructure/argocd/", "- docs/argocd-setup.md", "- iam/", "- docs/iam-setup.md"];
        var model = RepositoryPlatform.Create();
        var lines = DocumentWriter.Write(GenerationPlan.For(model).ToNode(model)).Split('\n');
        var text = string.Join('\n', lines.Where(line => !dropped.Any(line.Trim().StartsWith)));
        var problems = new List<Diagnostic>();
        var session = Generate.Session(model, GenerationPlanReader.Read(text, "plan.yaml", problems)!);

        var documents = session.Items.Where(item => item.Entry.EndsWith(".md", StringComparison.Ordinal)).SelectMany(item => session.Generate(item.Id).Files).ToList();

        Assert.Equal(5, documents.Count);
        foreach (var word in new[] { "shop-staging", "argocd", "iam-setup", "iam/" })
            Assert.All(documents, file => Assert.DoesNotContain(word, file.Content, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("- iam/create-roles.sh", "'docs/iam-setup.md' cannot hold without 'iam/create-roles.sh', which the plan does not make, because it tells how to use it")]
    [InlineData("- infrastructure/kustomization.yaml", "'docs/deployment-guide.md' cannot hold without 'infrastructure/kustomization.yaml'")]
    public void Open_DroppedFilesOfADocument_IsRefused(string dropped, string expected)
    {
        var model = RepositoryPlatform.Create();
        var text = DocumentWriter.Write(GenerationPlan.For(model).ToNode(model)).Replace($"    {dropped}\n", "", StringComparison.Ordinal);
        var problems = new List<Diagnostic>();

        Assert.Null(GenerationSession.Open(model, GenerationPlanReader.Read(text, "plan.yaml", problems)!, TemplateCatalogue.BuiltIn, problems));
        Assert.Contains(problems, problem => problem.Summary.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Open_NameOfGroupAndPathWithoutSlash_AreUnderstood()
    {
        var text = Text().Replace("- base/\n", "- base\n", StringComparison.Ordinal).Replace("- web-ui\n", "- base/deployments/frontend/web-ui.yaml\n", StringComparison.Ordinal);

        Assert.NotNull(Open(text, out var problems));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("- base/rbac/service-accounts.yaml", "", "SLW1314", "'base/rbac/role-bindings.yaml' cannot hold without 'base/rbac/service-accounts.yaml'")]
    [InlineData("- base/rbac/service-accounts.yaml", "", "SLW1314", "'api-gateway' cannot hold without 'base/rbac/service-accounts.yaml'")]
    [InlineData("- base/configmaps/common-config.yaml", "", "SLW1314", "'orders' cannot hold without 'base/configmaps/common-config.yaml'")]
    [InlineData("- web-ui", "", "SLW1314", "'base/services/services.yaml' cannot hold without 'web-ui'")]
    [InlineData("- base/namespace/namespace.yaml", "", "SLW1314", "does not make 'base/namespace/namespace.yaml'")]
    [InlineData("- base/kustomization.yaml", "", "SLW1314", "does not make 'base/kustomization.yaml'")]
    [InlineData("- base/pdb/pdb.yaml", "- base/pdb/pbd.yaml", "SLW1311", "called 'base/pdb/pbd.yaml'")]
    [InlineData("- web-ui", "- web-ui\n      - web-ui", "SLW1312", "'web-ui' is planned twice")]
    [InlineData("level_5:", "level_2:", "SLW1313", "'base/hpa/hpa.yaml' stands before 'api-gateway'")]
    [InlineData("level_6:", "level_5z:", null, "")]
    [InlineData("level_5:", "level_five:", "SLW1315", "'level_five' is no level")]
    [InlineData("type: advanced", "type: advancd", "SLW1316", "there is no type 'advancd'")]
    [InlineData("order: sequential", "order: sequentially", "SLW1316", "there is no order 'sequentially'")]
    [InlineData("type: networking", "kind: networking", "SLW1316", "there is no key 'kind' here")]
    [InlineData("type: networking\n    items:", "type: networking\n    items: all\n    parallel_groups: none\n    itms:", "SLW1310", "this is not a list")]
    [InlineData("- name: web-ui\n", "- name: web-uix\n", "SLW1317", "'web-uix', which the inventory does not have")]
    public void Open_EditedPlan_HoldsOrIsRefusedWithPlaceAndFix(string old, string replacement, string? code, string summary)
    {
        var text = Text();
        Assert.Contains(old, text, StringComparison.Ordinal);

        var session = Open(text.Replace(replacement.Length == 0 ? $"{old}\n" : old, replacement.Length == 0 ? "\n" : replacement, StringComparison.Ordinal), out var problems);

        if (code is null)
        {
            Assert.NotNull(session);
            return;
        }

        var problem = problems.FirstOrDefault(problem => problem.Code == code && problem.Summary.Contains(summary, StringComparison.Ordinal));
        Assert.True(problem is not null, string.Join('\n', problems));
        Assert.NotNull(problem.Fix);
        Assert.Equal(problem.Severity == Severity.Warning, session is not null);
        if (!problem.Summary.Contains("does not make", StringComparison.Ordinal) || problem.Place is not null) Assert.True(problem.Place is null || problem.Place.Line > 0);
    }

    [Fact]
    public void Open_SequentialLevelInWrongOrder_IsRefused()
    {
        const string Right = "    - base/rbac/roles.yaml\n    - base/rbac/role-bindings.yaml\n";
        var text = Text();
        Assert.Contains(Right, text, StringComparison.Ordinal);

        Assert.Null(Open(text.Replace(Right, "    - base/rbac/role-bindings.yaml\n    - base/rbac/roles.yaml\n", StringComparison.Ordinal), out var problems));

        var problem = Assert.Single(problems);
        Assert.Equal("SLW1313", problem.Code);
        Assert.Equal("move 'base/rbac/roles.yaml' above it", problem.Fix);
    }

    [Theory]
    [InlineData("", "SLW2201")]
    [InlineData("[]\n", "SLW1310")]
    [InlineData("generation_order: 3\n", "SLW1310")]
    [InlineData("generation_order:\n  level_1: 3\n", "SLW1310")]
    [InlineData("generation_order:\n  level_1: {type: directories, items: [{a: b}]}\n", "SLW1310")]
    [InlineData("generation_order: {}\nservice_inventory: {services: [{port: 3}]}\n", "SLW1310")]
    [InlineData("generation_order: {}\nservice_inventory: all\n", "SLW1310")]
    public void Read_WrongStructure_IsRefused(string text, string code)
    {
        var problems = new List<Diagnostic>();

        Assert.Null(GenerationPlanReader.Read(text, "plan.yaml", problems));
        Assert.Equal(code, Assert.Single(problems).Code);
    }

    private static string Text() => DocumentWriter.Write(GenerationPlan.For(Model).ToNode(Model));

    private static GenerationSession? Open(string text, out List<Diagnostic> problems)
    {
        problems = [];
        return GenerationPlanReader.Read(text, "plan.yaml", problems) is { } plan ? GenerationSession.Open(Model, plan, TemplateCatalogue.BuiltIn, problems) : null;
    }
}
