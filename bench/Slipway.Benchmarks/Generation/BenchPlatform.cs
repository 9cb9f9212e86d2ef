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

    /// <summary>Makes a platform.</summary>
    /// <param name="services">How many services, a multiple of 20.</param>
    public static async Task<PlatformModel> CreateAsync(int services)
    {
        var example = FindExample();
        var problems = new List<Diagnostic>();
        var files = new PhysicalFileSystem();
        var configuration = ConfigurationReader.Read(await File.ReadAllTextAsync(Path.Combine(example, "slipway.yaml")), "slipway.yaml", problems)!;
        var inventory = InventoryReader.Read(await File.ReadAllTextAsync(Path.Combine(example, "services.yaml")), "services.yaml", problems)!;
        var outputs = await new TerraformReader(files, new ProcessRunner(new SystemEnvironment()))
            .ReadAsync(new TerraformSource.File("terraform-outputs.json"), example, problems);
        var facts = ContextCollector.Collect(
            new ContextRequest { Outputs = [outputs!], Inventory = inventory, Mapping = configuration.Mapping, Values = configuration.Values },
            problems);
        var model = PlatformBuilder.Build(facts!, inventory, configuration, problems);
        return Repeat(model!, services / ExampleServices);
    }

    /// <summary>Copies the example platform, without what earlier runs left in it.</summary>
    public static void CopyExample(string target)
    {
        var example = FindExample();
        foreach (var file in Directory.EnumerateFiles(example, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(example, file);
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

    private static string FindExample()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var example = Path.Combine(at.FullName, "examples", "storefront");
            if (Directory.Exists(example)) return example;
        }

        throw new InvalidOperationException("Run the benchmarks inside the repository.");
    }
}
