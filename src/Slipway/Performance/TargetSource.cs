namespace Slipway.Performance;

/// <summary>Where a target comes from.</summary>
public enum TargetSource
{
    /// <summary>The original coordination library's table of what it promises. These decide whether all is well.</summary>
    Contract,

    /// <summary>Set by this project for itself, and dependent on how loaded the machine is. These decide only when asked to be strict.</summary>
    Goal,
}
