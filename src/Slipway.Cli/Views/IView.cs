using Slipway.Documents;

namespace Slipway.Cli.Views;

/// <summary>A result ready to be printed, for people and for programs.</summary>
internal interface IView
{
    /// <summary>The result as data; its shape is documented in <c>docs/output-formats.md</c>.</summary>
    Node ToDocument();

    /// <summary>Prints the result for people.</summary>
    void WriteHuman(Terminal terminal);
}
