namespace Slipway.Terraform;

/// <summary>Names of attributes that hold secrets even where nobody marked the output as sensitive.</summary>
internal static class SensitiveNames
{
    private static readonly string[] Endings =
    [
        "password", "passwd", "auth_token", "secret_string", "secret_binary", "private_key", "private_key_pem",
        "secret_access_key", "secret_key", "client_secret", "connection_string", "kubeconfig",
    ];

    public static bool Matches(string name)
    {
        var normal = OutputNames.Normalize(name);
        return Array.Exists(Endings, ending => normal == ending || normal.EndsWith("_" + ending, StringComparison.Ordinal));
    }
}
