namespace Slipway.Cli.Views;

/// <summary>A result whose findings can be printed as SARIF.</summary>
internal interface ISarifView : IView
{
    /// <summary>The findings as a SARIF 2.1.0 log.</summary>
    string ToSarif();
}
