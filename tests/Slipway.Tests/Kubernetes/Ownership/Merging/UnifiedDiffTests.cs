using System.Globalization;
using Slipway.Kubernetes.Ownership.Merging;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Kubernetes.Ownership.Merging;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Write_ChangedLine_HasThreeLinesAround() => Assert.Equal(
        """
        diff --git a/x.yaml b/x.yaml
        --- a/x.yaml
        +++ b/x.yaml
        @@ -3,7 +3,8 @@
         3
         4
         5
        -6
        +six
        +and a half
         7
         8
         9

        """,
        UnifiedDiff.Write("x.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "1\n2\n3\n4\n5\nsix\nand a half\n7\n8\n9\n10\n"));

    [Fact]
    public void Write_NewAndRemovedFile_NamesNoFileOnTheOtherSide()
    {
        Assert.Equal("diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n", UnifiedDiff.Write("x", null, "a\nb\n"));
        Assert.Equal("diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", UnifiedDiff.Write("x", "a\n", null));
        Assert.Equal("", UnifiedDiff.Write("x", "a\n", "a\n"));
    }

    [Fact]
    public async Task Write_AnyChanges_GitAppliesThem()
    {
        Tools.Require("git");
        using var directory = new TemporaryDirectory();
        var runner = new ProcessRunner(new SystemEnvironment());
        var expected = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["crlf.txt"] = "a\r\nb\nc\r\n",
            ["deep/in/new file.txt"] = "text\n",
            ["empty.txt"] = "",
            ["end.txt"] = "a\nb",
            ["gone.txt"] = null,
            ["grün \"x\".txt"] = "grün\n",
        };
        var diff = Change("crlf.txt", "a\nb\nc\r\n") + Change("deep/in/new file.txt", null) + Change("empty.txt", null)
            + Change("end.txt", "a\nb\nc\n") + Change("gone.txt", "last words") + Change("grün \"x\".txt", "grau\n");
        var random = new Random(20260102);
        for (var number = 0; number < 40; number++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"sample/{number}.txt");
            var lines = Enumerable.Range(0, 60).Select(_ => string.Create(CultureInfo.InvariantCulture, $"line {random.Next(25)}")).ToList();
            var old = Lines.Text(lines);
            for (var edit = 0; edit < 8; edit++) Lines.Apply(lines, (random.Next(1000), random.Next(3), "line 7"));
            expected[path] = Lines.Text(lines);
            diff += Change(path, old);
        }

        var applied = await runner.RunAsync(
            new ProcessCommand("git", ["apply", "--whitespace=nowarn", "-"]) { WorkingDirectory = directory.Path, Input = diff },
            TestContext.Current.CancellationToken);

        Assert.Equal("", applied.Error);
        foreach (var (path, text) in expected)
        {
            Assert.Equal(text, File.Exists(directory.At(path)) ? await File.ReadAllTextAsync(directory.At(path), TestContext.Current.CancellationToken) : null);
        }

        string Change(string path, string? old)
        {
            if (old is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(directory.At(path))!);
                File.WriteAllText(directory.At(path), old);
            }

            return UnifiedDiff.Write(path, old, expected[path]);
        }
    }
}
