namespace Slipway.Templates;

/// <summary>What a template may ask of the loop it stands in.</summary>
internal enum LoopProperty
{
    /// <summary>Nothing: the path names a value.</summary>
    None,

    /// <summary><c>@key</c>: the key of a mapping's entry.</summary>
    Key,

    /// <summary><c>@index</c>: the place, counted from 0.</summary>
    Index,

    /// <summary><c>@first</c>.</summary>
    First,

    /// <summary><c>@last</c>.</summary>
    Last,
}
