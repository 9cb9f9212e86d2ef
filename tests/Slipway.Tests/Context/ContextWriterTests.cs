using Slipway.Context;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Context;

public sealed class ContextWriterTests
{
    [Fact]
    public async Task Write_NewFolder_HoldsTheFourFilesAndTheRecord()
    {
        var files = await SmallContext.WriteAsync();

        Assert.Equal(
            [".slipway/sources.json", "k8s-generation-plan.yaml", "outputs-summary.yaml", "service-inventory.yaml", "template-variables.yaml"],
            files.EnumerateFiles(SmallContext.Folder));
    }

    [Fact]
    public async Task Write_OneFileRefused_LeavesTheOthersAsTheyWere()
    {
        var (model, _) = await SmallContext.BuildAsync();
        var rendered = SmallContext.Render(model);
        using var directory = new TemporaryDirectory();
        var folder = directory.At("k8s-context");
        var disk = new Slipway.Workspace.PhysicalFileSystem();
        Assert.Empty(new ContextWriter(disk).Write(folder, rendered));
        disk.DeleteFile($"{folder}/{ContextFiles.Plan}");
        disk.CreateDirectory($"{folder}/{ContextFiles.Plan}/in-the-way");
        var changed = rendered.ToDictionary(file => file.Key, file => (byte[])[.. file.Value, (byte)'\n'], StringComparer.Ordinal);

        var problems = new ContextWriter(disk).Write(folder, changed);

        Assert.NotEmpty(problems);
        Assert.Equal(rendered[ContextFiles.Summary], disk.ReadAllBytes($"{folder}/{ContextFiles.Summary}"));
        Assert.Equal(rendered[ContextFiles.Sources], disk.ReadAllBytes($"{folder}/{ContextFiles.Sources}"));
    }
}
