namespace Slipway.Terraform;

/// <summary>The JSON type of a Terraform value.</summary>
public enum TerraformValueKind
{
    /// <summary>Nothing: an output of something that was not made.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number, kept as it was written.</summary>
    Number,

    /// <summary>Text; it may hold JSON in turn.</summary>
    String,

    /// <summary>A list, set or tuple.</summary>
    List,

    /// <summary>A map or an object.</summary>
    Object,
}
