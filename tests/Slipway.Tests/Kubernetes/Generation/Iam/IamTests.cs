using System.Diagnostics;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Kubernetes.Generation.Iam;

/// <summary>The roles of service accounts.</summary>
public sealed class IamTests
{
    [Fact]
    public void Trust_AccountInSeveralEnvironments_NamesEachWithItsPrefixAndNamespace()
    {
        var conditions = Statement("iam/trust-policies/backend.json", 0).Mapping("Condition")!.Mapping("StringEquals")!;

        Assert.Equal(
            ["system:serviceaccount:shop:dev-backend-sa", "system:serviceaccount:shop-staging:backend-sa", "system:serviceaccount:shop:backend-sa"],
            conditions.Sequence("oidc.example.com/id/ABC:sub")!.Select(node => node.ToString()));
        Assert.Equal("sts.amazonaws.com", conditions.Text("oidc.example.com/id/ABC:aud"));
    }

    [Fact]
    public void Trust_SecretStore_NamesItsAccountAlone() =>
        Assert.Equal(
            "system:serviceaccount:external-secrets:external-secrets-sa",
            Statement("iam/trust-policies/external-secrets.json", 0).Mapping("Condition")!.Mapping("StringEquals")!.Text("oidc.example.com/id/ABC:sub"));

    [Fact]
    public void Policies_Secrets_AllowExactlyThePlatforms() =>
        Assert.Equal(
            [
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/staging/database-??????",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/staging/jwt-??????",
            ],
            Statement("iam/policies/secrets-read.json", 0).Sequence("Resource")!.Select(node => node.ToString()));

    [Fact]
    public void Policies_Bucket_AllowWritingOnlyToThoseWhoWrite()
    {
        var actions = Statement("iam/policies/s3-read-write.json", 1).Sequence("Action")!.Select(node => node.ToString());

        Assert.Contains("s3:PutObject", actions);
        Assert.Equal("arn:aws:s3:::shop-files/*", Statement("iam/policies/s3-read-write.json", 1).Text("Resource"));
    }

    [Fact]
    public void Policies_BucketPolicyMadeByTerraform_IsAttachedInsteadOfWritten()
    {
        var model = RepositoryPlatform.Create();
        var arn = Value.Known("arn:aws:iam::123456789012:policy/shop-files-access", SamplePlatform.Here);
        var files = RepositoryPlatform.Files(model with { Facts = model.Facts with { Storage = model.Facts.Storage! with { IamPolicyArn = arn } } });

        Assert.DoesNotContain("iam/policies/s3-read-write.json", files.Keys);
        Assert.Contains("aws iam attach-role-policy --role-name 'shop-backend-role' --policy-arn 'arn:aws:iam::123456789012:policy/shop-files-access'", files["iam/create-roles.sh"].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Script_Shell_FindsNoSyntaxError()
    {
        Tools.Require("sh");
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.At("create-roles.sh"), Text("iam/create-roles.sh"));

        Assert.Equal((0, ""), Run("sh", ["-n", directory.At("create-roles.sh")], directory.Path));
    }

    [Fact]
    public void Terraform_Format_IsTerraformsOwn()
    {
        Tools.Require("terraform");
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.At("main.tf"), Text("iam/terraform/main.tf"));

        var (code, output) = Run("terraform", ["fmt", "-check", "-diff"], directory.Path);

        Assert.True(code == 0, output);
    }

    private static MappingNode Statement(string path, int index)
    {
        var problems = new List<Diagnostic>();
        var root = (MappingNode)DocumentReader.ReadSingle(Text(path), path, problems)!;
        Assert.Empty(problems);
        return (MappingNode)root.Sequence("Statement")![index];
    }

    private static string Text(string path) => RepositoryPlatform.Generated[path].Content;

    private static (int ExitCode, string Output) Run(string program, string[] arguments, string directory)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
