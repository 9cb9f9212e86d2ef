using Slipway.Kubernetes.Generation.Iam;
using static Slipway.Kubernetes.Generation.Docs.Markdown;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>The roles, who takes them on, and how they are made.</summary>
internal static class IamDocument
{
    public static string Write(DocumentationSource source)
    {
        var text = source.Platform;
        var page = new Markdown().Heading(1, "IAM setup");
        if (source.Roles.Count == 0) return page.Paragraph("No service account of this platform calls AWS.").ToString();
        page.Paragraph(
                $"Service accounts take on IAM roles through the cluster's OIDC provider {Code(text.OidcProviderArn)}. Each role names exactly the accounts "
                + "that may take it on, in every environment; nothing is granted to nodes.")
            .Table(["role", "accounts", "for", "made by"], source.Roles.Select(role => new[]
            {
                Code(role.Name),
                Codes(role.ServiceAccounts),
                role.Purpose,
                role.IsInTerraform ? "the platform's Terraform" : "`iam/`",
            }))
            .Heading(2, "Make the roles")
            .Paragraph("Either with the script, which also brings existing roles up to date:")
            .Shell("sh iam/create-roles.sh")
            .Paragraph("or with Terraform:")
            .Shell("terraform -chdir=iam/terraform init", "terraform -chdir=iam/terraform apply");
        if (source.Roles.Any(role => role.IsInTerraform))
            page.Paragraph("Roles that the platform's own Terraform makes keep their owner: give them the trust policies of `iam/trust-policies/` there, or let the script set them.");
        if (source.Roles.Any(role => role.Policies.Contains(IamRoles.LoadBalancerPolicy, StringComparer.Ordinal)))
        {
            page.Heading(2, "The load balancer controller's policy")
                .Paragraph("The controller's own project publishes the policy of each version. The script fetches it; before using Terraform, fetch it by hand:")
                .Shell($"curl -fsSLo iam/policies/{IamRoles.LoadBalancerPolicy} \\", $"  {IamScript.LoadBalancerPolicyUrl}");
        }

        page.Heading(2, "Who may take on what");
        foreach (var role in source.Roles) AppendRole(page, role);
        return page
            .Heading(2, "Check")
            .Shell(
            [
                $"aws iam list-open-id-connect-providers --query \"OpenIDConnectProviderList[?Arn=='{text.OidcProviderArn}']\"",
                .. source.Roles.Select(role => $"aws iam get-role --role-name '{role.Name}' --query Role.AssumeRolePolicyDocument"),
            ])
            .ToString();
    }

    private static void AppendRole(Markdown page, IamRole role)
    {
        page.Heading(3, role.Name)
            .Paragraph($"{Code(role.Arn)}; trust policy {Code($"iam/trust-policies/{role.FileName}.json")}.")
            .List(
            [
                .. role.Subjects.Select(subject => $"may be taken on by {Code(subject)}"),
                .. role.Policies.Select(policy => $"permissions: {Code($"iam/policies/{policy}")}"),
                .. role.ManagedPolicies.Select(arn => $"permissions: {Code(arn)}, which Terraform made"),
            ]);
    }
}
