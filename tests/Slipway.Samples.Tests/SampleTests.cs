using Slipway.Testing.Workspace;

namespace Slipway.Samples.Tests;

/// <summary>Every sample runs, and prints what its reader expects.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("01", "Succeeded: 12")]
    [InlineData("02", "Succeeded: model_gen -> validator_gen -> test_gen")]
    [InlineData("03", "contract_0: Succeeded", "contract_1: Succeeded", "contract_2: Succeeded")]
    [InlineData("05",
        "Succeeded at attempt 4, by quota, then quota, then other model",
        "0 errors: Continue",
        "1 errors: Retry",
        "2 errors: Retry",
        "3 errors: Retry",
        "4 errors: Error")]
    [InlineData("06", "0.79 is enough: False", "Quality gate passed, proceeding with deployment", "score 1: 0.79", "score 2: 0.85")]
    [InlineData("07", "told validator_generator", "version 2 knows class UserModel", "cleared: True")]
    [InlineData("09", "good: Succeeded", "bad: Failed the input names no recipient", "after: Blocked bad", "PartiallySucceeded")]
    [InlineData("10", "1 run_started", "2 step_started", "3 step_succeeded", "4 run_finished", "Succeeded")]
    [InlineData("11", "hello, world", "Succeeded")]
    [InlineData("12",
        "Paused: Deploy to production?",
        "deploying under lock 1, allowed by ann",
        "checking",
        "Failed",
        "undoing deploy",
        "RolledBack, deploy is Compensated")]
    [InlineData("13",
        "test_generator: Generate integration tests",
        "success: True, contexts: 4, dependencies: 4, signals: 11, decisions: 4",
        "publisher had unit",
        "publisher had validator_generator_complete",
        "test_generator had model_generator_complete",
        "validator_generator had model_generator_complete")]
    [InlineData("14", "one has stopped, and given back what it had", "20 runs have ended, each once: True")]
    public async Task Sample_Run_PrintsWhatItSays(string number, params string[] expected)
    {
        Assert.Equal(string.Join('\n', expected), await SampleProcess.RunAsync(number));
    }

    [Fact]
    public async Task Mixed_Run_DrawsItsGraphAndGathersWhatWasParsed()
    {
        var output = await SampleProcess.RunAsync("04");

        Assert.StartsWith("flowchart", output, StringComparison.Ordinal);
        Assert.EndsWith("\nSucceeded: [\"user\",\"post\",\"comment\"]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DurableRun_KilledInItsThirdStep_GoesOnThere()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "durable.db");
        using (var first = SampleProcess.Start("08", file, "--hang"))
        {
            string? line;
            do line = await first.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            while (line is not ("step-3, attempt 1" or null));
            Assert.NotNull(line);
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            "step-3, attempt 2\nstep-4, attempt 1\nstep-5, attempt 1\nSucceeded, resumed 1 times",
            await SampleProcess.RunAsync("08", file));
    }
}
