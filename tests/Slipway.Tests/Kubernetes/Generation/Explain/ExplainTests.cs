using System.Text;
using Slipway.Kubernetes.Generation;
using Slipway.Kubernetes.Generation.Explain;
using Slipway.Platform;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Kubernetes.Generation.Explain;

/// <summary>Where the values of generated files came from.</summary>
public sealed class ExplainTests
{
    private const string Root = "/out/k8s-manifests";
    private const string Deployment = "base/deployments/gateway/api-gateway.yaml";

    private static readonly GenerationSession Session = Generate.Session(RepositoryPlatform.Create());

    private readonly InMemoryFileSystem _files = new();

    [Fact]
    public void Run_Path_NamesSourceTemplateAndLine()
    {
        Put(Deployment);

        var value = Assert.Single(Run($"{Deployment}:spec.replicas").Values);

        Assert.Equal(("Deployment/api-gateway", "spec.replicas", "3"), (value.Document, value.Path, value.Value));
        Assert.Equal(SamplePlatform.Here, value.Source);
        Assert.Equal("templates/deployment.yaml", value.Template!.File);
        Assert.NotNull(value.Template.Line);
        Assert.Equal(ExplainedState.Generated, value.State);
    }

    [Fact]
    public void Run_Line_GivesTheValueThatStandsThere()
    {
        Put(Deployment);
        var line = Content(Deployment).Split('\n').ToList().FindIndex(text => text.Contains("replicas: 3", StringComparison.Ordinal)) + 1;

        Assert.Equal("spec.replicas", Assert.Single(Run($"{Deployment}:{line}").Values).Path);
    }

    [Fact]
    public void Run_LineOfAKeyWithoutValue_GivesEverythingUnderIt()
    {
        Put(Deployment);
        var line = Content(Deployment).Split('\n').ToList().FindIndex(text => text.Trim() == "strategy:") + 1;

        Assert.All(Run($"{Deployment}:{line}").Values, value => Assert.StartsWith("spec.strategy.", value.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("base/services/services.yaml:Service/orders:spec.type")]
    [InlineData("base/services/services.yaml:[2].spec.type")]
    [InlineData("./base/services/services.yaml:service/orders:spec.type")]
    [InlineData($"{Root}/base/services/services.yaml:Service/orders:spec.type")]
    public void Run_OneDocumentOfSeveral_GivesThatAlone(string target)
    {
        Put("base/services/services.yaml");

        Assert.Equal("Service/orders", Assert.Single(Run(target).Values).Document);
    }

    [Fact]
    public void Run_ValueOfTerraform_NamesItsOutput()
    {
        Put(Deployment);

        var value = Assert.Single(Run($"{Deployment}:metadata.namespace").Values);

        Assert.Equal((ProvenanceKind.Terraform, "output.namespace"), (value.Source.Kind, value.Source.Origin));
    }

    [Fact]
    public void Run_Overlay_NamesTheSettingThatOverrides()
    {
        var value = Assert.Single(Run("overlays/dev-no-domain/patches/config-maps.yaml:data.LOG_LEVEL").Values);

        Assert.Equal("debug", value.Value);
        Assert.Equal((ProvenanceKind.Override, "environment dev-no-domain: environments[0].configMaps"), (value.Source.Kind, value.Source.Origin));
    }

    [Fact]
    public void Run_EditedValue_SaysSoAndWhatIsGenerated()
    {
        Put(Deployment, text => text.Replace("replicas: 3", "replicas: 7", StringComparison.Ordinal));

        var value = Assert.Single(Run($"{Deployment}:spec.replicas").Values);

        Assert.Equal(("7", "3", ExplainedState.Edited, ProvenanceKind.Edited), (value.Value, value.GeneratedValue, value.State, value.Source.Kind));
    }

    [Fact]
    public void Run_InsertedListItem_LeavesTheOthersAsGenerated()
    {
        Put(Deployment, text => text.Replace("        env:\n", "        env:\n        - name: EXTRA\n          value: mine\n", StringComparison.Ordinal));

        var values = Run($"{Deployment}:spec.template.spec.containers[0].env").Values;

        Assert.Equal(["EXTRA", "mine"], values.Where(value => value.State == ExplainedState.Edited).Select(value => value.Value));
    }

    [Fact]
    public void Run_RemovedValue_IsListedAsRemoved()
    {
        Put(Deployment, text => text.Replace("  replicas: 3\n", "", StringComparison.Ordinal));

        var value = Assert.Single(Run($"{Deployment}:spec.replicas").Values);

        Assert.Equal((null, "3", ExplainedState.Removed), (value.Value, value.GeneratedValue, value.State));
    }

    [Fact]
    public void Run_FileNotWrittenYet_ExplainsWhatWouldBeThere()
    {
        var explanation = Run($"{Deployment}:spec.replicas");

        Assert.False(explanation.IsOnDisk);
        Assert.NotNull(Assert.Single(explanation.Values).Line);
    }

    [Fact]
    public void Run_EveryYamlFile_HasASourceForEveryValue()
    {
        foreach (var file in RepositoryPlatform.Generated.Values.Where(file => !file.IsText))
        {
            Put(file.Path);
            var values = Run(file.Path).Values;
            Assert.NotEmpty(values);
            Assert.All(values, value => Assert.Equal(ExplainedState.Generated, value.State));
        }
    }

    [Theory]
    [InlineData("base/services/service.yaml", "SLW2061", "did you mean 'base/services/services.yaml'?")]
    [InlineData($"{Deployment}:spec.replica", "SLW2062", "did you mean 'spec.replicas'?")]
    [InlineData("README.md", "SLW2063", "ask about the YAML files that it tells of")]
    public void Run_WrongQuestion_SaysWhatToAsk(string target, string code, string fix)
    {
        var problem = Assert.Single(Run(target).Problems);

        Assert.Equal((code, fix), (problem.Code, problem.Fix));
    }

    private static string Content(string path) => RepositoryPlatform.Generated[path].Content;

    private Explanation Run(string target) => ExplainAction.Run(Session, _files, Root, target);

    private void Put(string path, Func<string, string>? edit = null)
    {
        var text = edit?.Invoke(Content(path)) ?? Content(path);
        if (edit is not null) Assert.NotEqual(Content(path), text);
        _files.WriteAtomically($"{Root}/{path}", Encoding.UTF8.GetBytes(text));
    }
}
