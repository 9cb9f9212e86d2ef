using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Workspace;

public sealed class PathRulesTests
{
    private readonly InMemoryFileSystem _disk = new InMemoryFileSystem()
        .Add("/project/file", "")
        .AddLink("/project/inside", "real")
        .AddLink("/project/outside", "/elsewhere")
        .AddLink("/project/toFile", "file");

    [Theory]
    [InlineData("/project/out")]
    [InlineData("/project/out/deeper/still")]
    [InlineData("/project/a/../out")]
    [InlineData("/project/inside/x")]
    [InlineData("/project")]
    public void CheckOutput_FolderInside_IsFine(string folder) => Assert.Null(PathRules.CheckOutput(_disk, folder, "/project"));

    [Theory]
    [InlineData("/project/../x")]
    [InlineData("/projects")]
    [InlineData("/project/outside")]
    [InlineData("/project/outside/x/y")]
    public void CheckOutput_FolderOutside_IsRefused(string folder)
    {
        Assert.Equal(WorkspaceCodes.OutputOutside, PathRules.CheckOutput(_disk, folder, "/project")!.Code);
        Assert.Null(PathRules.CheckOutput(_disk, folder, within: null));
    }

    [Theory]
    [InlineData("/project/file", "the output folder is a file")]
    [InlineData("/project/toFile", "the output folder is a file")]
    [InlineData("/project/file/out", "the output folder would lie in '/project/file', which is a file")]
    public void CheckOutput_FileInThePlace_IsRefused(string folder, string summary)
    {
        var problem = PathRules.CheckOutput(_disk, folder, "/project");

        Assert.Equal(WorkspaceCodes.WrongKindInTheWay, problem!.Code);
        Assert.Equal(summary, problem.Summary);
    }

    [Fact]
    public void Check_SeveralProblems_ReportsAll() =>
        Assert.Equal(3, PathRules.Check(["../a", "b", "B", "ok/c", "nul"]).Count);
}
