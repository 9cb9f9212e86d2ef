using System.Text.RegularExpressions;
using Slipway.Documents;
using Slipway.Kubernetes.Generation;
using Slipway.Tests.Kubernetes.Generation.Overlays;

namespace Slipway.Tests.Kubernetes.Generation.Docs;

/// <summary>Every command in the documents is right for the very platform: whatever it names is there.</summary>
public sealed partial class DocumentationCommandTests
{
    private static readonly string[] Environments = ["", "dev-"];

    private static IReadOnlyDictionary<string, GeneratedFile> Files => RepositoryPlatform.Generated;

    [Fact]
    public void Commands_Namespaces_AreThoseOfEnvironmentsAndCharts()
    {
        var known = new[] { "shop", "shop-staging", "argocd", "external-secrets", "kube-system" };

        Assert.All(Found(Namespace()), name => Assert.Contains(name, known));
        foreach (var name in new[] { "shop", "shop-staging" }) Assert.Contains(name, Found(Namespace()));
    }

    [Fact]
    public void Commands_Folders_HaveAKustomization()
    {
        var folders = Found(Folder()).ToList();

        Assert.Contains("overlays/production", folders);
        Assert.All(folders, folder => Assert.Contains($"{folder}/kustomization.yaml", Files.Keys));
    }

    [Fact]
    public void Commands_FilesOfTheRepository_AreThere()
    {
        Assert.All(Found(RepositoryFile()), path => Assert.Contains(path, Files.Keys));
        Assert.All(Found(RepositoryFolder()), path => Assert.Contains(Files.Keys, file => file.StartsWith($"{path}/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Deployment", @"deployment/(?<it>[a-z0-9.-]+)")]
    [InlineData("ExternalSecret", @"externalsecret[ /](?<it>[a-z0-9.-]+)")]
    public void Commands_Objects_AreThereUnderTheirPrefixedNames(string kind, string expression)
    {
        var known = Roots("base/").Where(root => root.Text("kind") == kind)
            .SelectMany(root => Environments.Select(prefix => prefix + References.Name(root)))
            .ToList();
        var named = Found(new Regex(expression, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))).ToList();

        Assert.Contains(named, name => name.StartsWith("dev-", StringComparison.Ordinal));
        Assert.All(named, name => Assert.Contains(name, known));
    }

    [Fact]
    public void Commands_ArgoCdApplications_AreThere()
    {
        var known = Roots("argocd-apps/").Where(root => root.Text("kind") == "Application").Select(References.Name).ToList();
        var named = Found(Application()).ToList();

        Assert.All(named, name => Assert.Contains(name, known));
        Assert.All(known, name => Assert.Contains(name, named));
    }

    [Fact]
    public void Commands_SecretsAndRoles_AreThePlatforms()
    {
        Assert.Equal(["shop/staging/database", "shop/staging/jwt"], Found(Secret()).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Found(Role()), name => Assert.Contains($"'{name}'", Files["iam/create-roles.sh"].Content, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_BetweenDocuments_LeadToFiles()
    {
        foreach (var (path, file) in Pages)
        {
            foreach (Match link in Link().Matches(file.Content))
            {
                var folder = path.Contains('/', StringComparison.Ordinal) ? "docs/" : "";
                Assert.Contains(folder + link.Groups["it"].Value, Files.Keys);
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, GeneratedFile>> Pages => Files.Where(file => file.Key.EndsWith(".md", StringComparison.Ordinal));

    private static IEnumerable<string> Found(Regex expression) => Pages
        .SelectMany(page => Fence().Matches(page.Value.Content).Select(match => match.Groups["it"].Value))
        .SelectMany(command => expression.Matches(command).Select(match => match.Groups["it"].Value));

    private static IEnumerable<MappingNode> Roots(string folder) => Files
        .Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal))
        .SelectMany(file => file.Value.Documents)
        .Select(document => (MappingNode)document.Root);

    [GeneratedRegex("```sh\n(?<it>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Fence();

    [GeneratedRegex("--namespace (?<it>[^ \n]+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Namespace();

    [GeneratedRegex("(?:-k|kubectl kustomize) (?<it>[^ \n]+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Folder();

    [GeneratedRegex("(?:--values|sh) (?<it>[a-z][^ \n]*/[^ \n]+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex RepositoryFile();

    [GeneratedRegex("-chdir=(?<it>[^ \n]+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex RepositoryFolder();

    [GeneratedRegex("argocd app (?:sync|wait|diff) (?<it>[^ \n]+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Application();

    [GeneratedRegex("aws secretsmanager .*(?:--name|--secret-id) '(?<it>[^']+)'", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Secret();

    [GeneratedRegex("--role-name '(?<it>[^']+)'", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Role();

    [GeneratedRegex(@"\]\((?<it>[^)]+)\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Link();
}
