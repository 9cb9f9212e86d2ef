namespace Slipway.Kubernetes.Validation;

/// <summary>A rung of the verification ladder, in the order in which a manifest climbs it.</summary>
public enum Rung
{
    /// <summary>The text is YAML without duplicate keys.</summary>
    Yaml = 1,

    /// <summary>Every object fits the schema of its kind in the chosen Kubernetes version.</summary>
    Schema = 2,

    /// <summary>What objects say of each other is true.</summary>
    References = 3,

    /// <summary>Objects are safe to run: security context, resources, probes, no literal secret, no floating tag.</summary>
    Policy = 4,

    /// <summary>Every Kustomize root builds.</summary>
    Build = 5,

    /// <summary>A cluster accepts every object in a server-side dry run.</summary>
    Server = 6,
}
