using Slipway.Kubernetes.Schemas;
using Slipway.Workspace;

namespace Slipway.Kubernetes.Validation;

/// <summary>
/// Climbs the verification ladder over any directory of Kubernetes manifests, written by Slipway or not: YAML, schema, cross references,
/// policy, <c>kubectl kustomize</c> of every root, and, when asked, a server-side dry run. A rung that could not run is reported as not run.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="processes">Runs kubectl.</param>
/// <param name="time">Measures how long rungs take.</param>
public sealed class ManifestValidator(IFileSystem files, IProcessRunner processes, TimeProvider time)
{
    /// <summary>Validates a directory.</summary>
    /// <param name="directory">The directory; hidden folders below it are left out.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the validation and the programs it started.</param>
    /// <exception cref="IOException">The directory cannot be listed.</exception>
    public Task<ValidationReport> ValidateAsync(string directory, ValidationOptions? options = null, CancellationToken cancellationToken = default) =>
        new LadderRun(files, processes, time, directory, options ?? new ValidationOptions()).ClimbAsync(cancellationToken);

    /// <summary>Reads the schema tables of a version, so that the first validation need not wait for them.</summary>
    public static void Warm(KubernetesVersion version) => SchemaCatalog.For(version);
}
