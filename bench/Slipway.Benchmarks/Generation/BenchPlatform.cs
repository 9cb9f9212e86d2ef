using System.Globalization;
using Slipway.Configuration;
using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Platform.Building;
using Slipway.Platform.Reading;
using Slipway.Terraform;
using Slipway.Workspace;

namespace Slipway.Benchmarks.Generation;

/// <summary>Platforms of any size: the example's twenty services, repeated under other names.</summary>
internal static class BenchPlatform
{
    private const int ExampleServices = 20;

    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = FindRoot();

    private static readonly string Example = Path.Combine(Root, "examples", "storefront");

    /// <summary>Makes a platform.</summary>
    /// <param name="services">How many services, a multiple of 20.</param>
    public static async Task<PlatformModel> CreateAsync(int services)
    {
        var problems = new List<Diagnostic>();
        var files = new PhysicalFileSystem();
        var configuration = ConfigurationReader.Read(await File.ReadAllTextAsync(Path.Combine(Example, "slipway.yaml")), "slipway.yaml", problems)!;
        var inventory = InventoryReader.Read(await File.ReadAllTextAsync(Path.Combine(Example, "services.yaml")), "services.yaml", problems)!;
        var outputs = await new TerraformReader(files, new ProcessRunner(new SystemEnvironment()))
            .ReadAsync(new TerraformSource.File("terraform-outputs.json"), Example, problems);
        var facts = ContextCollector.Collect(
            new ContextRequest { Outputs = [outputs!], Inventory = inventory, Mapping = configuration.Mapping, Values = configuration.Values },
            problems);
        var model = PlatformBuilder.Build(facts!, inventory, configuration, problems);
        return Repeat(model!, services / ExampleServices);
    }

    /// <summary>Copies the example platform, without what earlier runs left in it.</summary>
    public static void CopyExample(string target)
    {
        foreach (var file in Directory.EnumerateFiles(Example, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(Example, file);
            if (relative.Split('/', '\\').Any(part => part is "out" or ".slipway" or ".terraform")) continue;
            var copy = Path.Combine(target, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static PlatformModel Repeat(PlatformModel model, int times)
    {
        var workloads = new List<Workload>(model.Inventory.Workloads);
        for (var copy = 1; copy < times; copy++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"-{copy}");
            workloads.AddRange(model.Inventory.Workloads.Select(workload => Rename(workload, suffix)));
        }

        return model with { Inventory = model.Inventory with { Workloads = workloads } };
    }

    private static Workload Rename(Workload workload, string suffix) => workload with
    {
        Name = workload.Name + suffix,
        Image = workload.Image with { Name = workload.Image.Name.Map(name => name + suffix) },
        Ingress = [.. workload.Ingress.Select(route => route with { Path = route.Path.Map(path => $"{path.TrimEnd('/')}/copy{suffix}") })],
        Egress = workload.Egress with { Services = [.. workload.Egress.Services.Select(service => service + suffix)] },
    };

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "examples", "storefront"))) return at.FullName;
        }

        throw new InvalidOperationException("Run the benchmarks inside the repository.");
    }
}
