namespace Slipway.Platform;

/// <summary>What is known of a <see cref="Value{T}"/>.</summary>
public enum ValueState
{
    /// <summary>The content is there and may be shown.</summary>
    Known,

    /// <summary>The content is there and must never be shown or written in the clear.</summary>
    Sensitive,

    /// <summary>There is no content yet; whatever depends on it must stay visibly unfinished.</summary>
    Unknown,
}
