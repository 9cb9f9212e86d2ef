using System.Text;
using Slipway.Context;

namespace Slipway.Tests.Context;

public sealed class ContextRendererTests
{
    [Fact]
    public async Task Render_SmallPlatform_GivesTheExpectedFiles()
    {
        var (model, problems) = await SmallContext.BuildAsync();
        var rendered = SmallContext.Render(model);
        var expected = Path.Combine(SmallContext.Directory, "expected");

        Assert.DoesNotContain(problems, problem => problem.Severity == Slipway.Coordination.Diagnostics.Severity.Error);
        foreach (var file in ContextFiles.All)
        {
            var content = rendered[file];
            var path = Path.Combine(expected, file);
            if (Environment.GetEnvironmentVariable("SLIPWAY_UPDATE_GOLDEN") == "1") await File.WriteAllBytesAsync(path, content);
            Assert.Equal(await File.ReadAllTextAsync(path), Encoding.UTF8.GetString(content));
        }
    }

    [Fact]
    public async Task Render_Twice_GivesTheSameBytes()
    {
        var first = SmallContext.Render((await SmallContext.BuildAsync()).Model);
        var second = SmallContext.Render((await SmallContext.BuildAsync()).Model);

        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, file => Assert.Equal(file.Value, second[file.Key]));
    }

    [Fact]
    public async Task Render_SensitiveOutput_IsNowhere()
    {
        var rendered = SmallContext.Render((await SmallContext.BuildAsync()).Model);

        Assert.All(rendered.Values, content => Assert.DoesNotContain("never-written", Encoding.UTF8.GetString(content), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Render_UnknownFacts_AreMarked()
    {
        var (model, _) = await SmallContext.BuildAsync(allowUnknown: true, text => text.Replace("\"vpc_id\"", "\"x\"", StringComparison.Ordinal).Replace("\"vpc-", "\"net-", StringComparison.Ordinal));
        var summary = Encoding.UTF8.GetString(SmallContext.Render(model)[ContextFiles.Summary]);

        Assert.Contains("vpc_id: \"<unknown:networking.vpc_id>\"", summary, StringComparison.Ordinal);
    }
}
