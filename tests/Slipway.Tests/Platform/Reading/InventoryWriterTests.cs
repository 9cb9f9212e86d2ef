using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;
using Slipway.Platform.Reading;
using Slipway.Testing.Repository;
using Slipway.Workspace;

namespace Slipway.Tests.Platform.Reading;

public sealed class InventoryWriterTests
{
    [Fact]
    public void Write_Storefront_ReadsBackTheSame() => AssertRoundTrip(Storefront());

    [Fact]
    public void Write_EveryField_ReadsBackTheSame() => AssertRoundTrip(InventorySamples.EveryField);

    [Fact]
    public void Write_AnyInventory_ReadsBackTheSame() =>
        Prop.ForAll(InventorySamples.Documents(), AssertRoundTrip).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20_261_121, 7));

    [Fact]
    public void Write_Scalars_CarryTheirProvenance()
    {
        var service = InventoryWriter.Write(Read(Storefront())).Root is MappingNode root ? root.Sequence("services")![2] as MappingNode : null;

        var tag = service!.Mapping("image")!["tag"]!.Source!;
        Assert.Equal((ProvenanceKind.Inventory, "services[2].image.tag"), (tag.Kind, tag.Origin));
        Assert.NotNull(tag.Place!.Line);
        Assert.Equal(ProvenanceKind.Default, service["runAsUser"]!.Source!.Kind);
    }

    private static void AssertRoundTrip(string yaml)
    {
        var first = Read(yaml);
        var written = DocumentWriter.Write([InventoryWriter.Write(first)]);
        var second = Read(written);

        Assert.Equal(ModelText.Of(first), ModelText.Of(second));
        Assert.Equal(written, DocumentWriter.Write([InventoryWriter.Write(second)]));
    }

    private static string Storefront() =>
        System.Text.Encoding.UTF8.GetString(new PhysicalFileSystem().ReadAllBytes(RepositoryRoot.Combine("examples", "storefront", "services.yaml")));

    private static Inventory Read(string yaml)
    {
        var problems = new List<Diagnostic>();
        var inventory = InventoryReader.Read(yaml, "services.yaml", problems);
        Assert.True(inventory is not null, string.Join('\n', problems) + "\n" + yaml);
        return inventory!;
    }
}
