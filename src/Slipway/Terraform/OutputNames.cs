using System.Text;

namespace Slipway.Terraform;

/// <summary>Compares output names whatever their spelling: <c>rdsEndpoint</c>, <c>rds-endpoint</c> and <c>RDS_ENDPOINT</c> are <c>rds_endpoint</c>.</summary>
internal static class OutputNames
{
    public static string Normalize(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var at = 0; at < name.Length; at++)
        {
            var character = name[at];
            if (char.IsAsciiLetterUpper(character))
            {
                var startsWord = at > 0
                    && (char.IsAsciiLetterLower(name[at - 1])
                        || (char.IsAsciiLetterUpper(name[at - 1]) && at + 1 < name.Length && char.IsAsciiLetterLower(name[at + 1])));
                if (startsWord) text.Append('_');
                text.Append(char.ToLowerInvariant(character));
            }
            else
            {
                text.Append(character is '-' or '.' or ' ' or '/' ? '_' : character);
            }
        }

        return text.ToString();
    }
}
