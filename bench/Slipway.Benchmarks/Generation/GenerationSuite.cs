using System.Globalization;
using Slipway.Benchmarks.Suites;
using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Generation;
using Slipway.Platform;
using Slipway.Templates;

namespace Slipway.Benchmarks.Generation;

/// <summary>Generation in process: from the model to the text of every file, warm.</summary>
internal sealed class GenerationSuite : ISuite
{
    private const int Repeats = 5;
    private static readonly int[] Sizes = [20, 200, 2_000];

    public string Name => "generate";

    public async Task RunAsync(TextWriter output)
    {
        var table = new ResultTable("Generation in process (warm)", "services", "median ms", "µs a service", "MB allocated", "files", "files a second");
        foreach (var size in Sizes)
        {
            var model = await BenchPlatform.CreateAsync(size);
            var files = 0;
            var samples = await Samples.TakeAsync(Repeats, () =>
            {
                files = Generate(model);
                return Task.CompletedTask;
            });
            var before = GC.GetTotalAllocatedBytes(precise: true);
            Generate(model);
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            var seconds = samples.Median.TotalSeconds;
            table.Add(
                Number(size),
                Text($"{seconds * 1e3:0.0}"),
                Text($"{seconds * 1e6 / size:0}"),
                Text($"{allocated / 1e6:0.0}"),
                Number(files),
                Text($"{files / seconds:0}"));
        }

        table.Print(output);
    }

    private static int Generate(PlatformModel model)
    {
        var problems = new List<Diagnostic>();
        var session = GenerationSession.Open(model, TemplateCatalogue.BuiltIn, problems)
            ?? throw new InvalidOperationException(string.Join('\n', problems));
        var files = session.Items.SelectMany(item => session.Generate(item.Id).Files).ToList();
        foreach (var file in files) _ = file.Content.Length;
        return files.Count;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
