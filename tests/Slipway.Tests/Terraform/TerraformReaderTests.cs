using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Terraform;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Terraform;

public sealed class TerraformReaderTests
{
    private const string OutputJson = """
        {
          "rds": {
            "sensitive": false,
            "type": ["object", {"endpoint": "string"}],
            "value": {"endpoint": "db.example.com:5432"}
          },
          "token": {"sensitive": true, "type": "string", "value": "s3cr3t"}
        }
        """;

    private const string State = """
        {
          "version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "x",
          "outputs": {
            "rds": {"value": {"endpoint": "db.example.com:5432"}, "type": ["object", {"endpoint": "string"}]},
            "token": {"value": "s3cr3t", "type": "string", "sensitive": true}
          },
          "resources": [{"mode": "managed", "type": "x", "name": "y", "instances": []}], "check_results": null
        }
        """;

    private const string Show = """
        {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"outputs": {
          "rds": {"sensitive": false, "value": {"endpoint": "db.example.com:5432"}},
          "token": {"sensitive": true, "value": "s3cr3t"}}, "root_module": {}}}
        """;

    [Theory]
    [InlineData(OutputJson)]
    [InlineData(State)]
    [InlineData(Show)]
    public async Task ReadAsync_AnyShape_GivesTheSameOutputs(string text)
    {
        var outputs = await TerraformSamples.OutputsAsync(text);

        Assert.Equal(["rds", "token"], outputs.Values.Keys);
        var endpoint = outputs.Values["rds"].Member("endpoint")!;
        Assert.Equal("output.rds.endpoint", endpoint.Address);
        Assert.Equal("db.example.com:5432", endpoint.Text);
        Assert.False(endpoint.IsSensitive);
        Assert.True(outputs.Values["token"].IsSensitive);
        Assert.DoesNotContain("s3cr3t", outputs.Values["token"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_OutputFile_KeepsLineAndColumn()
    {
        var outputs = await TerraformSamples.OutputsAsync(OutputJson);

        Assert.Equal(new SourcePlace("outputs.json", 5, 27), outputs.Values["rds"].Member("endpoint")!.Place);
    }

    [Fact]
    public async Task ReadAsync_BareValues_AreTaken()
    {
        var outputs = await TerraformSamples.OutputsAsync("""{"a": "1", "b": {"value": "not wrapped"}, "version": 7, "db_password": "x"}""");

        Assert.Equal("1", outputs.Values["a"].Text);
        Assert.Equal("not wrapped", outputs.Values["b"].Member("value")!.Text);
        Assert.Equal("7", outputs.Values["version"].Text);
        Assert.True(outputs.Values["db_password"].IsSensitive);
    }

    [Fact]
    public async Task ReadAsync_NothingButValuesInWrappers_AreUnwrapped()
    {
        var outputs = await TerraformSamples.OutputsAsync("""{"a": {"value": "1"}, "b": {"value": {"value": 2}, "sensitive": true}}""");

        Assert.Equal("1", outputs.Values["a"].Text);
        Assert.Equal("2", outputs.Values["b"].Member("value")!.Text);
        Assert.True(outputs.Values["b"].IsSensitive);
    }

    [Fact]
    public async Task ReadAsync_Directory_RunsTerraformThere()
    {
        var files = new InMemoryFileSystem().Add("/work/infra/main.tf", "");
        var processes = new ScriptedProcessRunner().On("terraform", OutputJson, error: "Warning: something");
        var problems = new List<Diagnostic>();

        var outputs = await new TerraformReader(files, processes).ReadAsync(new TerraformSource.Directory("infra", "staging"), "/work", problems);

        Assert.Empty(problems);
        Assert.Equal(new SourcePlace("infra"), outputs!.Values["rds"].Place);
        var command = Assert.Single(processes.Commands);
        Assert.Equal(["output", "-json", "-no-color"], command.Arguments);
        Assert.Equal("/work/infra", command.WorkingDirectory);
        Assert.Equal("staging", command.Environment["TF_WORKSPACE"]);
        Assert.Equal("1", command.Environment["CHECKPOINT_DISABLE"]);
    }

    [Fact]
    public async Task ReadAsync_OnlyOpenTofuOnPath_RunsIt()
    {
        var files = new InMemoryFileSystem().Add("/work/infra/main.tf", "");
        var processes = new ScriptedProcessRunner().On("tofu", OutputJson);

        var outputs = await new TerraformReader(files, processes).ReadAsync(new TerraformSource.Directory("infra"), "/work", []);

        Assert.NotNull(outputs);
    }

    [Theory]
    [InlineData("Error: Backend initialization required, please run \"terraform init\"", "SLW1103")]
    [InlineData("╷\n│ Error: Failed to load state\n│ \n│ access denied", "SLW1104")]
    public async Task ReadAsync_TerraformFails_SaysWhy(string error, string code)
    {
        var files = new InMemoryFileSystem().Add("/work/infra/main.tf", "");
        var problems = new List<Diagnostic>();

        var outputs = await new TerraformReader(files, new ScriptedProcessRunner().On("terraform", "", 1, error))
            .ReadAsync(new TerraformSource.Directory("infra"), "/work", problems);

        Assert.Null(outputs);
        Assert.Equal(code, Assert.Single(problems).Code);
    }

    [Fact]
    public async Task ReadAsync_NoTerraformOnPath_SaysHowToDoWithout()
    {
        var files = new InMemoryFileSystem().Add("/work/infra/main.tf", "");
        var problems = new List<Diagnostic>();

        Assert.Null(await new TerraformReader(files, new ScriptedProcessRunner()).ReadAsync(new TerraformSource.Directory("infra"), "/work", problems));

        var problem = Assert.Single(problems);
        Assert.Equal("SLW1102", problem.Code);
        Assert.Contains("terraform output -json > outputs.json", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "SLW1105", "the file is empty")]
    [InlineData(" \r\n\t", "SLW1105", "the file is empty")]
    [InlineData("\0\u0001\u0002", "SLW1105", "the file is binary, not JSON")]
    [InlineData("{\"a\": {\"value\": \"x", "SLW1105", "the file ends in the middle of its JSON: it is truncated")]
    [InlineData("{\"a\": 1", "SLW1105", "the file ends in the middle of its JSON: it is truncated")]
    [InlineData("{", "SLW1105", "the file ends in the middle of its JSON: it is truncated")]
    [InlineData("{\"a\": 1,, }", "SLW1105", "this is not JSON")]
    [InlineData("{\"a\": 1} trailing", "SLW1105", "this is not JSON")]
    [InlineData("[1, 2]", "SLW1105", "this is not a JSON object")]
    [InlineData("vpc_id = \"vpc-1\"\n", "SLW1105", "this is the text of `terraform output`, not its JSON")]
    [InlineData("{\"a\": 1, \"a\": 2}", "SLW1105", "'a' stands twice")]
    [InlineData("{}", "SLW1109", "there are no outputs")]
    [InlineData("{\"version\": 4, \"serial\": 1, \"outputs\": {}, \"resources\": []}", "SLW1109", "there are no outputs")]
    [InlineData("{\"version\": 3, \"serial\": 1, \"modules\": []}", "SLW1107", "the state has version 3; version 4 is read")]
    [InlineData("{\"version\": 5, \"serial\": 1, \"outputs\": {}}", "SLW1107", "the state has version 5; version 4 is read")]
    [InlineData(
        "{\"version\": 3, \"serial\": 1, \"lineage\": \"x\", \"backend\": {\"type\": \"s3\"}}",
        "SLW1107",
        "this is the configuration of a backend, not a state: the state lies in the backend")]
    [InlineData("{\"encrypted_data\": \"…\", \"meta\": {}}", "SLW1107", "this is an encrypted OpenTofu state")]
    [InlineData("{\"format_version\": \"1.2\", \"terraform_version\": \"1.11.4\", \"planned_values\": {}}", "SLW1107", "this is a plan; what it will make is not known yet")]
    [InlineData("{\"version\": 4, \"serial\": 1, \"outputs\": [1]}", "SLW1108", "'outputs' is a list of 1 where an object is expected")]
    public async Task ReadAsync_BadFile_IsRefusedInOneLine(string text, string code, string summary)
    {
        var (outputs, problems) = await TerraformSamples.ReadAsync(text);

        Assert.Null(outputs);
        var problem = Assert.Single(problems);
        Assert.Equal((code, summary), (problem.Code, problem.Summary));
        Assert.NotNull(problem.Fix);
        Assert.Equal("outputs.json", problem.Place!.File);
    }

    [Fact]
    public async Task ReadAsync_DeepNesting_IsRefused()
    {
        var (_, problems) = await TerraformSamples.ReadAsync($"{{\"a\": {new string('[', 5000)}");

        Assert.Contains("nested deeper than 100 levels", Assert.Single(problems).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_EveryTruncation_IsReportedAndNeverThrows()
    {
        for (var length = 0; length < State.Length - 1; length++)
        {
            var (outputs, problems) = await TerraformSamples.ReadAsync(State[..length]);

            Assert.Null(outputs);
            Assert.Equal("SLW1105", Assert.Single(problems).Code);
        }
    }

    [Fact]
    public async Task ReadAsync_HugeFile_IsRefusedWithoutReadingIt()
    {
        using var directory = new TemporaryDirectory();
        using (var file = new FileStream(directory.At("huge.json"), FileMode.Create)) file.SetLength(200L * 1024 * 1024);
        var problems = new List<Diagnostic>();

        var outputs = await new TerraformReader(new Slipway.Workspace.PhysicalFileSystem(), new ScriptedProcessRunner())
            .ReadAsync(new TerraformSource.File("huge.json"), directory.Path, problems);

        Assert.Null(outputs);
        Assert.Equal("the file has 200 MiB; at most 64 MiB are read", Assert.Single(problems).Summary);
    }

    [Fact]
    public async Task ReadAsync_MissingFileOrDirectory_IsReported()
    {
        var problems = new List<Diagnostic>();
        var reader = new TerraformReader(new InMemoryFileSystem(), new ScriptedProcessRunner());

        await reader.ReadAsync(new TerraformSource.File("nowhere.json"), "/work", problems);
        await reader.ReadAsync(new TerraformSource.Directory("nowhere"), "/work", problems);

        Assert.Equal(["there is no file 'nowhere.json'", "there is no directory 'nowhere'"], problems.Select(problem => problem.Summary));
    }

    [Fact]
    public async Task ReadAsync_Utf16OrByteOrderMark_IsRead()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, new UTF8Encoding(true) })
        {
            var (outputs, problems) = await TerraformSamples.ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("""{"a": "ü"}""")]);

            Assert.Empty(problems);
            Assert.Equal("ü", outputs!.Values["a"].Text);
        }
    }
}
