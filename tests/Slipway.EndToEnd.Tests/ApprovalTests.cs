namespace Slipway.EndToEnd.Tests;

/// <summary>A run waits in one process for what a person says in another.</summary>
public sealed class ApprovalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-approval-");

    public ApprovalTests() => _folder.CreateSubdirectory(".slipway");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("approve", 0, "succeeded")]
    [InlineData("reject", 1, "failed")]
    public async Task Approvals_OfAnotherProcess_WakeTheRunThatWaits(string verb, int code, string status)
    {
        var token = TestContext.Current.CancellationToken;
        using var waiting = SlipwayProcess.StartProgram("Slipway.CrashHost.dll", _folder.FullName, ["ask", ".slipway/journal.db", "release-7"]);
        try
        {
            Assert.Equal("asked", await waiting.StandardOutput.ReadLineAsync(token));
            Assert.Equal(4, (await SlipwayProcess.RunAsync(_folder.FullName, ["approvals", verb, "release-7", "--by", "bob"])).Code);
            var (decided, _, error) = await SlipwayProcess.RunAsync(_folder.FullName, ["approvals", verb, "release-7", "--by", "ann"]);

            Assert.True(decided == 0, error);
            Assert.Equal(status, await waiting.StandardOutput.ReadLineAsync(token));
            await waiting.WaitForExitAsync(token);
            Assert.Equal(code, waiting.ExitCode);
        }
        finally
        {
            if (!waiting.HasExited) waiting.Kill();
        }
    }
}
