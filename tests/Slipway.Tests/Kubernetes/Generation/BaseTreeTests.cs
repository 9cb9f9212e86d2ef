using System.Globalization;

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
    public async Task Kustomize_GeneratedBase_Builds()
    {
        var output = await Kustomization.AssertBuildsAsync(Generate.Base(SamplePlatform.Rich()), "base");

        Assert.Contains("image: registry.example.com/api-gateway:1.4.2", output, StringComparison.Ordinal);
        Assert.DoesNotContain("REPLACE_ME", output, StringComparison.Ordinal);
    }
}
