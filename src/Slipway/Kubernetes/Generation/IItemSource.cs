using Slipway.Platform;

namespace Slipway.Kubernetes.Generation;

/// <summary>Knows what can be generated for a platform.</summary>
public interface IItemSource
{
    /// <summary>The items in their usual order, without <see cref="GenerationItem.DependsOn"/>.</summary>
    /// <param name="model">The platform.</param>
    /// <param name="others">The items of the sources before this one.</param>
    IEnumerable<GenerationItem> ItemsFor(PlatformModel model, IReadOnlyList<GenerationItem> others);
}
