using Slipway.Cli.Hosting;
using Slipway.Testing.Examples;

namespace Slipway.Cli.Tests.Commands;

/// <summary>What a user may get wrong: each told in one line with its code, place and fix, and nothing is written.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Outputs = "terraform-outputs.json";
    private const string Services = "services.yaml";

    private readonly CliHarness _cli = new();

    public BadInputTests() => Storefront.CopyTo(_cli.Folder);

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData(Outputs, "", "SLW1105")]
    [InlineData(Outputs, "\0\u0001\u0002", "SLW1105")]
    [InlineData(Outputs, "{\"cluster_name\": {\"value\": \"a", "SLW1105")]
    [InlineData(Outputs, "{\"version\": 3, \"modules\": []}", "SLW1107")]
    [InlineData(Services, "", "SLW2201")]
    [InlineData(Services, "\0\u0001\u0002", "SLW1005")]
    [InlineData(Services, "services:\n\t- name: web\n", "SLW2201")]
    [InlineData(Services, "services:\n  - name: web\n    name: api\n    tier: backend\n    port: 80\n    image: {tag: 1.0.0}\n", "SLW2202")]
    [InlineData(Services, "a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e]\n", "SLW2203")]
    [InlineData("slipway.yaml", "out: ../../elsewhere\nterraform: {outputs: terraform-outputs.json}\n", "SLW1063")]
    public async Task Up_WithABadFile_TellsItInOneLine(string file, string text, string code)
    {
        _cli.Write(file, text);

        await FailsWithOneLineAsync(code, "up");
    }

    [Fact]
    public async Task Up_WithTextInUtf16_SaysHowToSaveIt()
    {
        File.WriteAllText(_cli.PathOf(Services), _cli.Read(Services), System.Text.Encoding.Unicode);

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("up"));

        Assert.Contains("services.yaml: error SLW1005: the file cannot be read: it is text in UTF-16. Fix: save it as UTF-8", _cli.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outputs, "SLW1106")]
    [InlineData(Services, "SLW1005")]
    public async Task Up_WithAHugeFile_RefusesItUnread(string file, string code)
    {
        using (var huge = File.OpenWrite(_cli.PathOf(file))) huge.SetLength(200L << 20);

        await FailsWithOneLineAsync(code, "up");
    }

    [Fact]
    public async Task Up_WithManyProblems_TellsAllAtOnce()
    {
        _cli.Write(Services, """
            services:
              - name: web
                tier: frontent
                port: 70000
                image: {tag: latest}
              - name: web
                tier: backend
                port: 80
                port: 81
                image: {tag: 1.0.0}
              - name: Api_1
                tier: backend
                port: 80
                image: {tag: 1.0.0}
            """);

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("up"));

        var places = _cli.Error.TrimEnd('\n').Split('\n').Select(line => line.Split(':')[1]);
        Assert.Equal(["3", "4", "5", "6", "9", "11"], places.OrderBy(int.Parse));
        Assert.All(_cli.Error.TrimEnd('\n').Split('\n'), line => Assert.Contains(". Fix: ", line, StringComparison.Ordinal));
        NothingWasWritten();
    }

    [Fact]
    public async Task Up_OutputPathGoesUp_IsRefused() => await FailsWithOneLineAsync("SLW1010", "up", "--out", "../x");

    [Fact]
    public async Task Up_OutputIsALinkOutOfTheFolder_IsRefused()
    {
        var elsewhere = Directory.CreateTempSubdirectory("slipway-elsewhere-");
        Directory.CreateSymbolicLink(_cli.PathOf("out"), elsewhere.FullName);

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("up"));

        Assert.Contains("SLW1063", _cli.Error, StringComparison.Ordinal);
        Assert.Empty(elsewhere.EnumerateFileSystemInfos());
        elsewhere.Delete();
    }

    [Fact]
    public async Task Context_WithoutTerraformOnPath_SaysSo()
    {
        _cli.SetVariable("PATH", "/nowhere");
        _cli.Write("slipway.yaml", "terraform: {directory: terraform}\n");

        await FailsWithOneLineAsync("SLW1102", "context");
    }

    [Fact]
    public async Task Up_WithoutKubectlOnPath_LeavesTheBuildRungOutAndSaysSo()
    {
        _cli.SetVariable("PATH", "/nowhere");

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("up"));

        Assert.Contains("kubectl is not on PATH", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_MissingDirectory_SaysSo() => await FailsWithOneLineAsync("SLW1008", "validate", "nowhere");

    [Fact]
    public async Task Validate_File_SaysToNameItsDirectory()
    {
        await FailsWithOneLineAsync("SLW1008", "validate", "services.yaml");

        Assert.Contains("this is a file", _cli.Error, StringComparison.Ordinal);
    }

    private async Task FailsWithOneLineAsync(string code, params string[] arguments)
    {
        Assert.Equal(ExitCodes.Error, await _cli.RunAsync(arguments));

        var line = Assert.Single(_cli.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains($"error {code}: ", line, StringComparison.Ordinal);
        Assert.Contains(". Fix: ", line, StringComparison.Ordinal);
        NothingWasWritten();
    }

    private void NothingWasWritten() => Assert.False(Directory.Exists(_cli.PathOf("out")));
}
