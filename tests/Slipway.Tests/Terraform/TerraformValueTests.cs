using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Slipway.Terraform;

namespace Slipway.Tests.Terraform;

public sealed class TerraformValueTests
{
    [Fact]
    public async Task Walk_JsonInText_IsWalkedInto()
    {
        var outputs = await TerraformSamples.OutputsAsync("""{"rds": "{\"hosts\": [{\"name\": \"db\"}], \"password\": \"x\"}"}""");
        var path = TerraformPath.Parse("rds.hosts[0].name", out _)!;

        var walk = outputs.Values["rds"].Walk(path.Segments, 1);

        Assert.Equal("db", walk.Found!.Text);
        Assert.Equal("output.rds.hosts[0].name", walk.Found.Address);
        Assert.Equal(9, walk.Found.Place.Column);
        Assert.True(outputs.Values["rds"].Inner!.Member("password")!.IsSensitive);
    }

    [Fact]
    public async Task Walk_MissingStep_NamesTheLastValueReached()
    {
        var outputs = await TerraformSamples.OutputsAsync("""{"rds": {"hosts": ["a"]}}""");

        var walk = outputs.Values["rds"].Walk(TerraformPath.Parse("rds.hosts[3].x", out _)!.Segments, 1);

        Assert.Null(walk.Found);
        Assert.Equal("output.rds.hosts", walk.Last.Address);
        Assert.Equal("3", walk.Missing!.Value.Name);
    }

    [Fact]
    public async Task Address_OfAnyValue_LeadsBackToIt()
    {
        var tree = Gen.Sized(size => Json(Math.Min(size, 4)));
        var trees = Gen.Sample(tree, 60, 60);
        foreach (var json in trees)
        {
            var outputs = await TerraformSamples.OutputsAsync($$"""{"top": {{json}}}""");
            foreach (var value in Descend(outputs.Values["top"]))
            {
                var path = TerraformPath.Parse(value.Address, out var problem);
                Assert.Null(problem);
                Assert.Same(value, outputs.Values["top"].Walk(path!.Segments, 1).Found);
            }
        }
    }

    private static IEnumerable<TerraformValue> Descend(TerraformValue value) =>
        [value, .. value.Items.SelectMany(Descend), .. value.Members.SelectMany(member => Descend(member.Value))];

    private static Gen<string> Json(int depth)
    {
        var scalar = Gen.OneOf(Gen.Constant("null"), Gen.Choose(-9, 9).Select(number => $"{number}"), Text());
        if (depth == 0) return scalar;
        return Gen.OneOf(
            scalar,
            Json(depth - 1).ListOf(2).Select(items => $"[{string.Join(',', items)}]"),
            Gen.Zip(Text(), Json(depth - 1)).Select(member => $"{{{member.Item1}: {member.Item2}}}"));
    }

    private static Gen<string> Text() =>
        Gen.Elements("a", "demo/web-ui", "0", "x.y", "say \"hi\"", "back\\slash", "ключ", "", "a b").Select(text => JsonSerializer.Serialize(text));
}
