using Slipway.Configuration;
using Slipway.Kubernetes.Generation;
using Slipway.Kubernetes.Ownership;
using Slipway.Platform;

namespace Slipway.Actions;

/// <summary>A platform read, checked and ready to be written; nothing on disk has changed yet.</summary>
public sealed record PreparedPlatform
{
    /// <summary>What was asked.</summary>
    public required PlatformOptions Options { get; init; }

    /// <summary>Where the platform's files are.</summary>
    public required PlatformPaths Paths { get; init; }

    /// <summary>What <c>slipway.yaml</c> says.</summary>
    public required SlipwayConfiguration Configuration { get; init; }

    /// <summary>What would be written to <c>k8s-context/</c>; null when the context is not collected but read.</summary>
    public PublishPlan? Context { get; init; }

    /// <summary>The platform.</summary>
    public required PlatformModel Model { get; init; }

    /// <summary>The generation; null when only the context was asked for.</summary>
    public GenerationSession? Session { get; init; }

    /// <summary>How the repository is published.</summary>
    public PublishOptions Publishing => new() { AdoptsExisting = Options.Adopt, Within = Paths.Workspace };

    /// <summary>A hash of everything the run is made from; a run is resumed only with the same.</summary>
    public required string InputsHash { get; init; }
}
