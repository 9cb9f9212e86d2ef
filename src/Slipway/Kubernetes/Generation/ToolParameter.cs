namespace Slipway.Kubernetes.Generation;

/// <summary>A parameter of a generation tool.</summary>
/// <param name="Name">The name, such as <c>cpu_request</c>.</param>
/// <param name="Type"><c>string, integer, boolean, list</c> or <c>mapping</c>.</param>
/// <param name="Description">What it is, and what stands in when it is missing.</param>
/// <param name="Default">The default as text, or null when it is derived from the platform.</param>
/// <param name="Required">True when the tool cannot derive it.</param>
public sealed record ToolParameter(string Name, string Type, string Description, string? Default = null, bool Required = false);
