namespace Slipway.Kubernetes.Schemas;

/// <summary>What a field may hold.</summary>
internal enum FieldKind
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A quantity such as <c>500m</c> or <c>1Gi</c>, as text or number.</summary>
    Quantity,

    /// <summary>A whole number or text, such as a port or a percentage.</summary>
    IntOrString,

    /// <summary>A time of RFC 3339.</summary>
    Time,

    /// <summary>Bytes as base64.</summary>
    Base64,

    /// <summary>An object of a named type.</summary>
    Object,

    /// <summary>A list.</summary>
    List,

    /// <summary>A mapping from any text.</summary>
    Map,
}
