using Slipway.Cli.Hosting;

namespace Slipway.Cli.Tests.Commands;

public sealed class InitVerbTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Init_EmptyFolder_WritesSampleOutputs()
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("init"));

        Assert.Contains("\n  outputs: outputs.json\n", _cli.Read("slipway.yaml"), StringComparison.Ordinal);
        Assert.True(File.Exists(_cli.PathOf("outputs.json")));
    }

    [Theory]
    [InlineData("main.tf", ".")]
    [InlineData("infra/outputs.tf", "infra")]
    public async Task Init_FolderWithTerraformCode_ReadsItsOutputs(string code, string directory)
    {
        _cli.Write(code, "");

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("init"));

        Assert.Contains($"\n  directory: {directory}\n", _cli.Read("slipway.yaml"), StringComparison.Ordinal);
        Assert.False(File.Exists(_cli.PathOf("outputs.json")));
    }

    [Fact]
    public async Task Init_FolderWithOutputs_KeepsAndReadsThem()
    {
        _cli.Write("outputs.json", "{}");

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("init"));

        Assert.Equal("{}", _cli.Read("outputs.json"));
        Assert.Contains("\n  outputs: outputs.json\n", _cli.Read("slipway.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_Twice_OverwritesNothing()
    {
        await _cli.RunAsync("init");
        _cli.Write("services.yaml", "mine");

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("init"));

        Assert.Equal("mine", _cli.Read("services.yaml"));
        Assert.Contains("services.yaml: error SLW1016", _cli.Error, StringComparison.Ordinal);
    }
}
