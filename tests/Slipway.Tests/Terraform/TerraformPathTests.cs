using FsCheck;
using FsCheck.Fluent;
using Slipway.Terraform;

namespace Slipway.Tests.Terraform;

public sealed class TerraformPathTests
{
    [Theory]
    [InlineData("rds_endpoint", "output.rds_endpoint")]
    [InlineData("output.rds.endpoint", "output.rds.endpoint")]
    [InlineData("rds.hosts[0].name", "output.rds.hosts[0].name")]
    [InlineData("rds.hosts.0.name", "output.rds.hosts[0].name")]
    [InlineData("urls[\"demo/web-ui\"]", "output.urls[\"demo/web-ui\"]")]
    [InlineData("urls[\"a\\\"b\"].x", "output.urls[\"a\\\"b\"].x")]
    public void Parse_Path_GivesItsAddress(string text, string address)
    {
        var path = TerraformPath.Parse(text, out var problem);

        Assert.Null(problem);
        Assert.Equal(address, path!.ToString());
    }

    [Fact]
    public void Parse_PathWithSource_KeepsTheSource()
    {
        var path = TerraformPath.Parse("infra/rds.json:endpoint[\"a:b\"]", out _);

        Assert.Equal("infra/rds.json", path!.Source);
        Assert.Equal("output.endpoint[\"a:b\"]", path.ToString());
    }

    [Theory]
    [InlineData("", "the path is empty")]
    [InlineData("output.", "the path is empty")]
    [InlineData("a.", "a name is missing at the end")]
    [InlineData("a..b", "a name is missing at character 3")]
    [InlineData("a[", "the '[' at character 2 is not closed")]
    [InlineData("a[x]", "'x' at character 3 is neither an index nor a quoted name")]
    [InlineData("a[\"x]", "the quote at character 3 is not closed")]
    [InlineData("a[\"x\"", "a ']' is missing at character 6")]
    [InlineData("[0]", "a name is missing at character 1")]
    [InlineData("a b", "' ' at character 2 is not expected")]
    public void Parse_BadPath_SaysWhatIsWrongAndWhere(string text, string expected)
    {
        Assert.Null(TerraformPath.Parse(text, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Parse_AddressOfAnyNames_GivesTheSameNames() => Prop.ForAll(
        Gen.Zip(Gen.Elements("rds", "db-1", "Output2"), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).ListOf()).ToArbitrary(),
        generated =>
        {
            var (output, names) = generated;
            var address = names.Aggregate(output, TerraformPath.Append);
            var path = TerraformPath.Parse(address, out _);
            return path is not null && path.Segments.Select(segment => segment.Name).SequenceEqual([output, .. names]);
        }).QuickCheckThrowOnFailure();
}
