using System.Text;
using Slipway.Kubernetes.Generation.Infrastructure;
using Slipway.Kubernetes.Generation.Overlays;

namespace Slipway.Kubernetes.Generation.Iam;

/// <summary>The shell script that makes the roles with the AWS command line. It can be run again at any time.</summary>
internal static class IamScript
{
    public static string Write(PlatformText platform, IReadOnlyList<IamRole> roles)
    {
        var text = new StringBuilder();
        text.Append(
            $$"""
            #!/bin/sh
            # Makes the IAM roles of {{platform.Project}} in account {{platform.Account}}, or brings those that are there up to date.
            # Needs: aws (signed in to that account), and curl for the load balancer controller's policy. It can be run again at any time.
            set -eu

            cd "$(dirname "$0")"

            account=$(aws sts get-caller-identity --query Account --output text)
            if [ "$account" != '{{platform.Account}}' ]; then
              echo "signed in to account $account, but these roles belong to {{platform.Account}}" >&2
              exit 1
            fi

            # ensure_role NAME TRUST_POLICY_FILE
            ensure_role() {
              if aws iam get-role --role-name "$1" >/dev/null 2>&1; then
                aws iam update-assume-role-policy --role-name "$1" --policy-document "file://$2"
                echo "updated  $1"
              else
                aws iam create-role --role-name "$1" --assume-role-policy-document "file://$2" >/dev/null
                echo "created  $1"
              fi
            }

            # put_policy ROLE NAME POLICY_FILE
            put_policy() {
              aws iam put-role-policy --role-name "$1" --policy-name "$2" --policy-document "file://$3"
              echo "  policy $2"
            }

            """);
        if (roles.Any(role => role.Policies.Contains(IamRoles.LoadBalancerPolicy, StringComparer.Ordinal))) AppendDownload(text);
        foreach (var role in roles) AppendRole(text, role);
        return text.ToString();
    }

    private static void AppendDownload(StringBuilder text) => text.Append(
        $$"""

        # The controller's own project publishes the policy that belongs to its version.
        if [ ! -f 'policies/{{IamRoles.LoadBalancerPolicy}}' ]; then
          curl -fsSLo 'policies/{{IamRoles.LoadBalancerPolicy}}' \
            '{{LoadBalancerPolicyUrl}}'
        fi

        """);

    /// <summary>Where the load balancer controller's project publishes the policy of the pinned version.</summary>
    public static string LoadBalancerPolicyUrl =>
        $"https://raw.githubusercontent.com/kubernetes-sigs/aws-load-balancer-controller/{PinnedCharts.LoadBalancerController.AppVersion}/docs/install/iam_policy.json";

    private static void AppendRole(StringBuilder text, IamRole role)
    {
        text.Append($"\n# {string.Join(", ", role.ServiceAccounts)}: {role.Purpose}\n");
        text.Append($"ensure_role '{role.Name}' 'trust-policies/{role.FileName}.json'\n");
        foreach (var policy in role.Policies) text.Append($"put_policy '{role.Name}' '{Path.GetFileNameWithoutExtension(policy)}' 'policies/{policy}'\n");
        foreach (var arn in role.ManagedPolicies) text.Append($"aws iam attach-role-policy --role-name '{role.Name}' --policy-arn '{arn}'\n");
    }
}
