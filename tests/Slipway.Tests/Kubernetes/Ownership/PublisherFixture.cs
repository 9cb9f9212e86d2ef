using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Ownership;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Kubernetes.Ownership;

/// <summary>A repository on a disk in memory that is generated several times.</summary>
internal sealed class PublisherFixture
{
    public const string Root = "/repo";

    public const string Text = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: app
        data:
          LEVEL: info
          MODE: fast
          SIZE: "3"

        """;

    public InMemoryFileSystem Disk { get; } = new();

    public RepositoryPublisher Publisher => new(Disk);

    public PublishOutcome Publish(params (string Path, string Text)[] files) => Publish(PublishMode.Apply, files);

    public PublishOutcome Publish(PublishMode mode, params (string Path, string Text)[] files) => Publisher.Publish(Root, files, mode);

    public string Read(string path) => Disk.ReadText($"{Root}/{path}");

    public void Edit(string path, string old, string @new)
    {
        var text = Read(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        Disk.Add($"{Root}/{path}", text.Replace(old, @new, StringComparison.Ordinal));
    }

    public bool Exists(string path) => Disk.FileExists($"{Root}/{path}");

    public static ChangeKind KindOf(PublishOutcome outcome, string path) => outcome.Plan!.Changes.Single(change => change.Path == path).Kind;

    public static Diagnostic Only(PublishOutcome outcome, string code)
    {
        var problem = Assert.Single(outcome.Problems);
        Assert.Equal(code, problem.Code);
        Assert.NotNull(problem.Place);
        Assert.NotNull(problem.Fix);
        return problem;
    }
}
