namespace Slipway.Documents;

/// <summary>The type of a scalar.</summary>
public enum ScalarKind
{
    /// <summary>Text.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Nothing.</summary>
    Null,
}
