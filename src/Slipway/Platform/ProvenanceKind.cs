namespace Slipway.Platform;

/// <summary>What kind of place a value came from.</summary>
public enum ProvenanceKind
{
    /// <summary>A Terraform output or state attribute; the origin is its address.</summary>
    Terraform,

    /// <summary>A line of the service inventory.</summary>
    Inventory,

    /// <summary>A line of <c>slipway.yaml</c>.</summary>
    Configuration,

    /// <summary>A default of Slipway or of a tier; the origin names which.</summary>
    Default,

    /// <summary>An environment's override of something the base says.</summary>
    Override,

    /// <summary>Text of the template itself.</summary>
    Template,

    /// <summary>Computed from other values; the origin names the rule.</summary>
    Derived,

    /// <summary>Written by hand into a generated file.</summary>
    Edited,
}
