namespace Slipway.Cli.Views;

/// <summary>How a result is printed.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>One YAML document.</summary>
    Yaml,

    /// <summary>SARIF 2.1.0, for findings only.</summary>
    Sarif,
}
