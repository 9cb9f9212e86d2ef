using System.Globalization;
using Slipway.Platform;

namespace Slipway.Tests.Kubernetes.Generation;

public sealed class BaseTreeTests
{
    [Fact]
    public void Generate_RichPlatform_IsTheGoldenTree() => GoldenTree.Matches("base", Generate.Base(SamplePlatform.Rich()));

    [Fact]
    public void Generate_OtherCultureAndOrderOfAsking_GivesTheSameBytes()
    {
        var first = Generate.Base(SamplePlatform.Rich());
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // Invariant globalization knows no other culture by name, so one is made.
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NegativeSign = "~";
            other.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = other;
            var session = Generate.Session(SamplePlatform.Rich());
            foreach (var item in session.Items.Reverse()) session.Generate(item.Id);

            Assert.Equal(first, Generate.Base(session));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Generate_ManyAskAtOnce_MakeEachItemOnce()
    {
        var session = Generate.Session(SamplePlatform.Rich());

        var results = new System.Collections.Concurrent.ConcurrentBag<object>();
        Parallel.For(0, 32, _ => results.Add(session.Generate("deployments/orders")));

        Assert.Single(results.Distinct());
    }

    [Fact]
    public void Generate_ServiceWithAnnotations_PutsThemOnItsPodsBesideThoseForPrometheus()
    {
        var model = SamplePlatform.Create(SamplePlatform.Service("api", "backend", 8080) with
        {
            Metrics = new MetricsEndpoint(SamplePlatform.Text("/metrics"), "http"),
            Annotations = [new("example.com/team", SamplePlatform.Text("no")), new("prometheus.io/path", SamplePlatform.Text("/other"))],
        });

        var pod = Generate.Kind(model, "Deployment").Single().Mapping("spec")!.Mapping("template")!.Mapping("metadata")!.Mapping("annotations")!;

        Assert.Equal(
            ["prometheus.io/scrape: true", "prometheus.io/port: 8080", "prometheus.io/path: /other", "example.com/team: no"],
            pod.Select(entry => $"{entry.Key}: {entry.Value}"));
    }

    [Fact]
    public void Generate_AccountWithALongName_HasItCutInItsLabel()
    {
        var name = new string('a', 100);
        var model = SamplePlatform.Create(SamplePlatform.Service("api", "backend", 8080));
        model = model with { Inventory = model.Inventory with { ServiceAccounts = [new ServiceAccountDefinition(name, null, null, SamplePlatform.Here)] } };

        var metadata = Generate.Kind(model, "ServiceAccount").Single().Mapping("metadata")!;

        Assert.Equal(name, metadata.Text("name"));
        Assert.Equal(name[..63], metadata.Mapping("labels")!.Text("app.kubernetes.io/name"));
    }

    [Fact]
    public async Task Kustomize_GeneratedBase_Builds()
    {
        var output = await Kustomization.AssertBuildsAsync(Generate.Base(SamplePlatform.Rich()), "base");

        Assert.Contains("image: registry.example.com/api-gateway:1.4.2", output, StringComparison.Ordinal);
        Assert.DoesNotContain("REPLACE_ME", output, StringComparison.Ordinal);
    }
}
