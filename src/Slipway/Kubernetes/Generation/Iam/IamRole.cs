namespace Slipway.Kubernetes.Generation.Iam;

/// <summary>An IAM role that service accounts take on.</summary>
internal sealed record IamRole
{
    /// <summary>The key of the role among the platform's roles: <c>external_secrets</c>, <c>processing</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The role's name in IAM.</summary>
    public required string Name { get; init; }

    /// <summary>The role's ARN as service accounts carry it.</summary>
    public required string Arn { get; init; }

    /// <summary>True when the platform's Terraform made the role, so that only its trust policy is to be kept in step.</summary>
    public required bool IsInTerraform { get; init; }

    /// <summary>The service accounts' names in the base, ordered.</summary>
    public required IReadOnlyList<string> ServiceAccounts { get; init; }

    /// <summary>The principals that may take it on, in order of the environments.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary>The permissions by policy file below <c>iam/policies/</c>.</summary>
    public required IReadOnlyList<string> Policies { get; init; }

    /// <summary>ARNs of policies that exist already and are attached.</summary>
    public required IReadOnlyList<string> ManagedPolicies { get; init; }

    /// <summary>What the role is for, as a clause.</summary>
    public required string Purpose { get; init; }

    /// <summary>The name that files of this role carry.</summary>
    public string FileName => Key.Replace('_', '-');

    /// <summary>The name that Terraform addresses of this role carry.</summary>
    public string Identifier => Key.Replace('-', '_');
}
