using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Templates;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Templates;

public sealed class TemplateCatalogueTests
{
    private static readonly string[] OfTheContract =
    [
        "namespace", "service-account", "role", "role-binding", "configmap", "secret", "external-secret", "deployment", "service", "ingress", "hpa", "pdb", "network-policy", "kustomization",
    ];

    [Fact]
    public void BuiltIn_HasEveryTemplateOfTheContract_EachWithItsHead()
    {
        Assert.Empty(OfTheContract.Except(TemplateCatalogue.BuiltIn.Names));
        foreach (var name in TemplateCatalogue.BuiltIn.Names)
        {
            var template = TemplateCatalogue.BuiltIn.Get(name);
            Assert.True(template.Makes.Length > 0, $"{name} does not say what it makes");
            Assert.All(template.Values, value => Assert.True(value.Description.Length > 0, $"{name}: {value.Path} is not described"));
        }
    }

    [Fact]
    public void Load_EjectedAndChangedTemplate_ReplacesTheBuiltInOne()
    {
        var files = new InMemoryFileSystem();
        var (written, kept) = TemplateCatalogue.BuiltIn.Eject(files, "/mine", ["namespace"]);
        Assert.Equal(["/mine/namespace.yaml"], written);
        Assert.Empty(kept);
        Write(files, "/mine/namespace.yaml", "kind: Namespace\nmetadata:\n  name: {{ name }}\n");

        var problems = new List<Diagnostic>();
        var catalogue = TemplateCatalogue.Load(files, "/mine", problems)!;

        Assert.Empty(problems);
        Assert.Equal(["namespace"], catalogue.Overridden);
        Assert.Equal("/mine/namespace.yaml", catalogue.Get("namespace").File);
        Assert.Equal("templates/service.yaml", catalogue.Get("service").File);
    }

    [Fact]
    public void Eject_FileThatIsThere_StaysAsItIs()
    {
        var files = new InMemoryFileSystem();
        Write(files, "/mine/pdb.yaml", "mine");

        var (written, kept) = TemplateCatalogue.BuiltIn.Eject(files, "/mine", []);

        Assert.Equal(["/mine/pdb.yaml"], kept);
        Assert.Equal(TemplateCatalogue.BuiltIn.Names.Count - 1, written.Count);
        Assert.Equal("mine", Encoding.UTF8.GetString(files.ReadAllBytes("/mine/pdb.yaml")));
    }

    [Fact]
    public void Load_EverythingEjected_IsWithoutProblems()
    {
        var files = new InMemoryFileSystem();
        TemplateCatalogue.BuiltIn.Eject(files, "/mine", []);
        var problems = new List<Diagnostic>();

        Assert.NotNull(TemplateCatalogue.Load(files, "/mine", problems));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\n", "/mine/service.yaml:2:1: error SLW1309: the template makes a ConfigMap in the place of a Service. Fix: write 'kind: Service'")]
    [InlineData("", "/mine/service.yaml:1:1: error SLW1309: the template makes no Service. Fix: write 'kind: Service'")]
    public void Load_TemplateOfAnotherKind_IsRefused(string text, string expected)
    {
        var files = new InMemoryFileSystem();
        Write(files, "/mine/service.yaml", text);
        var problems = new List<Diagnostic>();

        Assert.Null(TemplateCatalogue.Load(files, "/mine", problems));
        Assert.Equal(expected, Assert.Single(problems).ToString());
    }

    [Fact]
    public void Load_TemplateThatMakesMoreThanItsKind_IsTaken()
    {
        var files = new InMemoryFileSystem();
        Write(files, "/mine/service.yaml", "kind: ConfigMap\n---\nkind: 'Service'\n");
        var problems = new List<Diagnostic>();

        Assert.NotNull(TemplateCatalogue.Load(files, "/mine", problems));
        Assert.Empty(problems);
    }

    [Fact]
    public void Load_WrongFiles_AreAllReported()
    {
        var files = new InMemoryFileSystem();
        Write(files, "/mine/deploymnet.yaml", "a: 1\n");
        Write(files, "/mine/service.yaml", "a: {{ name\n");
        Write(files, "/mine/hpa.yaml", "a: {{ name }}\nb: {{ minimun }}\nkind: HorizontalPodAutoscaler\n");
        Write(files, "/mine/pod.yaml", "{{#each ports}}\n- {{ nmae }}\n- {{ ../nope }}\n{{/each}}\nx: {{ @key }}\n");
        Write(files, "/mine/README.md", "{{ anything }}");
        files.WriteAtomically("/mine/role.yaml", [0xff, 0xfe, 0x00]);
        var problems = new List<Diagnostic>();

        Assert.Null(TemplateCatalogue.Load(files, "/mine", problems));

        Assert.Equal(
            [
                "SLW1302 /mine/deploymnet.yaml: did you mean 'deployment.yaml'?",
                "SLW1303 /mine/hpa.yaml:2:4: did you mean 'minimum'?",
                "SLW1303 /mine/pod.yaml:2:3: did you mean 'name'?",
                "SLW1303 /mine/pod.yaml:3:3: *",
                "SLW1303 /mine/pod.yaml:5:4: use it inside a loop",
                "SLW1308 /mine/role.yaml: *",
                "SLW1301 /mine/service.yaml:1:4: *",
            ],
            problems.Select(problem => $"{problem.Code} {problem.Place}: {(problem.Fix!.StartsWith("did", StringComparison.Ordinal) || problem.Fix.Contains("loop", StringComparison.Ordinal) ? problem.Fix : "*")}"));
    }

    [Fact]
    public void Load_DirectoryThatIsNotThere_IsReported()
    {
        var problems = new List<Diagnostic>();

        Assert.Null(TemplateCatalogue.Load(new InMemoryFileSystem(), "/nowhere", problems));
        Assert.Equal("SLW1308", Assert.Single(problems).Code);
    }

    private static void Write(InMemoryFileSystem files, string path, string text) => files.WriteAtomically(path, Encoding.UTF8.GetBytes(text));
}
