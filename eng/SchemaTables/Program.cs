using SchemaTables;

// dotnet run --project eng/SchemaTables -- PACKAGES OUT
// PACKAGES holds the unpacked npm packages: PACKAGES/cdk8s-plus-32/.jsii, -33, -34. Versions without a package are the one before them
// with what facts.txt says of them.
if (args.Length != 2)
{
    await Console.Error.WriteLineAsync("usage: SchemaTables PACKAGES OUT");
    return 64;
}

int[] wanted = [32, 33, 34, 35, 36];
var facts = FactsFile.Read(Path.Combine(AppContext.BaseDirectory, "facts.txt"));
var raw = new SortedDictionary<int, ApiTables>();
ApiTables? previous = null;
foreach (var version in wanted)
{
    var file = Path.Combine(args[0], $"cdk8s-plus-{version}", ".jsii");
    var tables = File.Exists(file) ? JsiiReader.Read(file) : previous?.Copy() ?? throw new FileNotFoundException("no package for the first version", file);
    previous = tables.Copy();
    raw[version] = tables;
}

foreach (var (version, tables) in raw) facts.Apply(version, tables);
await File.WriteAllTextAsync(args[1], TableWriter.Write(raw, facts.ClusterKinds));
return 0;
