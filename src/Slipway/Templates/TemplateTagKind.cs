namespace Slipway.Templates;

/// <summary>The kinds of tags.</summary>
internal enum TemplateTagKind
{
    /// <summary><c>{{ value }}</c>.</summary>
    Output,

    /// <summary><c>{{#word value}}</c>.</summary>
    Open,

    /// <summary><c>{{else}}</c> or <c>{{else if value}}</c>.</summary>
    Else,

    /// <summary><c>{{/word}}</c>.</summary>
    Close,

    /// <summary><c>{{! … }}</c> or <c>{{!-- … --}}</c>.</summary>
    Comment,

    /// <summary><c>\{{</c>: two braces as text.</summary>
    Braces,
}
