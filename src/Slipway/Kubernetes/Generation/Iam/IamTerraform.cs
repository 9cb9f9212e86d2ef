using System.Text;
using Slipway.Kubernetes.Generation.Overlays;

namespace Slipway.Kubernetes.Generation.Iam;

/// <summary>The roles as Terraform code. Policies are read from the JSON files beside it, so that there is one source of each.</summary>
internal static class IamTerraform
{
    public static string Write(PlatformText platform, IReadOnlyList<IamRole> roles)
    {
        var text = new StringBuilder();
        text.Append(
            $$"""
            # The IAM roles that service accounts of {{platform.Project}} take on (IRSA). An alternative to ../create-roles.sh: use one of the two.

            terraform {
              required_version = ">= 1.5.0"

              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = ">= 5.0"
                }
              }
            }

            provider "aws" {
              region              = {{Quote(platform.Region)}}
              allowed_account_ids = [{{Quote(platform.Account)}}]
            }

            """);
        foreach (var role in roles) AppendRole(text, role);
        AppendOutput(text, roles);
        return text.ToString();
    }

    private static void AppendRole(StringBuilder text, IamRole role)
    {
        var reference = role.IsInTerraform ? $"data.aws_iam_role.{role.Identifier}" : $"aws_iam_role.{role.Identifier}";
        text.Append($"\n# {string.Join(", ", role.ServiceAccounts)}: {role.Purpose}\n");
        if (role.IsInTerraform)
        {
            text.Append("# The platform's own Terraform makes this role; give it the trust policy of the output 'trust_policies' there.\n");
            text.Append($"data \"aws_iam_role\" \"{role.Identifier}\" {{\n  name = {Quote(role.Name)}\n}}\n");
        }
        else
        {
            text.Append($"resource \"aws_iam_role\" \"{role.Identifier}\" {{\n");
            text.Append($"  name               = {Quote(role.Name)}\n");
            text.Append($"  assume_role_policy = file(\"${{path.module}}/../trust-policies/{role.FileName}.json\")\n}}\n");
        }

        foreach (var policy in role.Policies) AppendPolicy(text, role, reference, policy);
        for (var at = 0; at < role.ManagedPolicies.Count; at++)
        {
            text.Append($"\nresource \"aws_iam_role_policy_attachment\" \"{role.Identifier}_{at + 1}\" {{\n");
            text.Append($"  role       = {reference}.name\n");
            text.Append($"  policy_arn = {Quote(role.ManagedPolicies[at])}\n}}\n");
        }
    }

    private static void AppendPolicy(StringBuilder text, IamRole role, string reference, string policy)
    {
        var name = Path.GetFileNameWithoutExtension(policy);
        var isFetched = policy == IamRoles.LoadBalancerPolicy;
        var file = $"\"${{path.module}}/../policies/{policy}\"";
        text.Append($"\nresource \"aws_iam_role_policy\" \"{role.Identifier}_{name.Replace('-', '_')}\" {{\n");
        if (isFetched)
        {
            text.Append("  # Fetched once from the controller's project, see docs/iam-setup.md; without the file the role has no permissions.\n");
            text.Append($"  count = fileexists({file}) ? 1 : 0\n\n");
        }

        text.Append($"  name   = {Quote(name)}\n");
        text.Append($"  role   = {reference}.name\n");
        text.Append($"  policy = {(isFetched ? $"try(file({file}), \"\")" : $"file({file})")}\n}}\n");
    }

    private static void AppendOutput(StringBuilder text, IReadOnlyList<IamRole> roles)
    {
        var width = roles.Max(role => role.Identifier.Length);
        text.Append("\noutput \"role_arns\" {\n  description = \"The roles' ARNs, as the service accounts' annotations carry them.\"\n  value = {\n");
        foreach (var role in roles)
            text.Append($"    {role.Identifier.PadRight(width)} = {(role.IsInTerraform ? "data." : "")}aws_iam_role.{role.Identifier}.arn\n");
        text.Append("  }\n}\n");
        var foreign = roles.Where(role => role.IsInTerraform).ToList();
        if (foreign.Count == 0) return;
        width = foreign.Max(role => role.Identifier.Length);
        text.Append("\noutput \"trust_policies\" {\n  description = \"The trust policies of the roles that other Terraform code makes.\"\n  value = {\n");
        foreach (var role in foreign)
            text.Append($"    {role.Identifier.PadRight(width)} = file(\"${{path.module}}/../trust-policies/{role.FileName}.json\")\n");
        text.Append("  }\n}\n");
    }

    // HCL reads ${ and %{ inside quotes as templates.
    private static string Quote(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("${", "$${", StringComparison.Ordinal)
            .Replace("%{", "%%{", StringComparison.Ordinal) + "\"";
}
