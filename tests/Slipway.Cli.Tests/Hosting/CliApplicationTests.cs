using Slipway.Cli.Hosting;

namespace Slipway.Cli.Tests.Hosting;

public sealed class CliApplicationTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Run_WithoutVerb_IsWrongUsage() => Assert.Equal(ExitCodes.Usage, await _cli.RunAsync());

    [Fact]
    public async Task Run_UnknownVerb_NamesItOnceAndPointsToHelp()
    {
        Assert.Equal(ExitCodes.Usage, await _cli.RunAsync("genrate"));

        Assert.Equal(
            """
            error SLW1001: 'genrate' is not a verb or option of slipway. Fix: did you mean 'generate'?
            Run 'slipway --help' for usage and examples.

            """,
            _cli.Error);
    }

    [Theory]
    [InlineData("validate --no-biuld", "'--no-biuld' is not a verb or option of slipway validate. Fix: did you mean '--no-build'?")]
    [InlineData("templates eject pdb --dir x", "'--dir' is not a verb or option of slipway templates eject.")]
    [InlineData("up . --dir other", "the folder is given twice, as '.' and as --dir 'other'")]
    public async Task Run_WrongOption_IsNotTakenForAnArgument(string line, string message)
    {
        Assert.Equal(ExitCodes.Usage, await _cli.RunAsync(line.Split(' ')));

        Assert.StartsWith($"error SLW1001: {message}", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_WhereTheJournalHasNoPlace_SaysSoInOneLine()
    {
        await _cli.RunAsync("init");
        _cli.Write(".slipway", "a file");

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("up"));

        Assert.Contains("the disk refused to make .slipway/ for the journal of runs; nothing was changed", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_OfRoot_BeginsWithExamples()
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("--help"));

        Assert.StartsWith("Examples:\n  slipway up", _cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explain")]
    [InlineData("completion")]
    [InlineData("runs show")]
    [InlineData("runs prune")]
    [InlineData("runs rollback")]
    [InlineData("approvals approve")]
    [InlineData("locks break")]
    [InlineData("templates show")]
    public async Task Help_OfVerbThatNeedsArguments_NeedsNone(string verb)
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync([.. verb.Split(' '), "--help"]));

        Assert.StartsWith($"Examples:\n  slipway {verb}", _cli.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Completion_OfShell_PrintsItsScript(string shell)
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("completion", shell));

        Assert.Contains("[suggest:", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggest_PartOfVerb_NamesIt()
    {
        await _cli.RunAsync("[suggest:9]", "slipway co");

        Assert.Contains("completion", _cli.Output.Split('\n'));
    }
}
