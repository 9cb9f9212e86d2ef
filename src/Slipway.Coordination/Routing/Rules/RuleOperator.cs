namespace Slipway.Coordination.Routing.Rules;

/// <summary>
/// How the value that a rule finds is compared with the rule's own. A key that is not there matches under no operator, and neither do
/// values that an operator cannot compare: the explanation says which it was. Nothing is converted: <c>"3"</c> is no number, and case
/// counts.
/// </summary>
public enum RuleOperator
{
    /// <summary><c>==</c>: the same kind and value. Numbers by value (1 is 1.0), text by code units, lists element by element, objects regardless of the order of keys, null only null.</summary>
    Equal,

    /// <summary><c>!=</c>: there, and not <see cref="Equal"/>.</summary>
    NotEqual,

    /// <summary><c>&gt;</c>: numbers by value, or text by code units.</summary>
    Greater,

    /// <summary><c>&lt;</c>: numbers by value, or text by code units.</summary>
    Less,

    /// <summary><c>&gt;=</c>: numbers by value, or text by code units.</summary>
    GreaterOrEqual,

    /// <summary><c>&lt;=</c>: numbers by value, or text by code units.</summary>
    LessOrEqual,

    /// <summary><c>in</c>: <see cref="Equal"/> to an element of the rule's list.</summary>
    In,

    /// <summary><c>not_in</c>: there, and not <see cref="In"/>.</summary>
    NotIn,

    /// <summary><c>contains</c>: text holds the rule's text, a list an element <see cref="Equal"/> to the rule's value, an object the rule's text as a key.</summary>
    Contains,

    /// <summary><c>not_contains</c>: text, a list or an object that does not <see cref="Contains"/> it.</summary>
    NotContains,
}
