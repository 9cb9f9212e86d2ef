namespace Slipway.Templates;

/// <summary>The codes of what can be wrong with a template.</summary>
internal static class TemplateCodes
{
    public const string Syntax = "SLW1301";
    public const string UnknownFile = "SLW1302";
    public const string UnknownValue = "SLW1303";
    public const string NotYaml = "SLW1304";
    public const string AbsentValue = "SLW1305";
    public const string StructureInText = "SLW1306";
    public const string DuplicateKey = "SLW1307";
    public const string Unreadable = "SLW1308";
    public const string OtherKind = "SLW1309";
}
