using Slipway.Kubernetes.Schemas;

namespace Slipway.Tests.Kubernetes.Schemas;

public sealed class KubernetesVersionTests
{
    [Theory]
    [InlineData("1.32", "1.32")]
    [InlineData("v1.36", "1.36")]
    [InlineData("1.34.9", "1.34")]
    public void Parse_KnownVersion_GivesIt(string text, string version) => Assert.Equal(version, KubernetesVersion.Parse(text).ToString());

    [Theory]
    [InlineData("1.31")]
    [InlineData("1.37")]
    [InlineData("2.34")]
    [InlineData("1")]
    [InlineData("latest")]
    [InlineData("")]
    public void Parse_AnythingElse_GivesNull(string text) => Assert.Null(KubernetesVersion.Parse(text));

    [Fact]
    public void Default_OfTheStruct_IsTheDefaultVersion() => Assert.Equal("1.34", default(KubernetesVersion).ToString());
}
