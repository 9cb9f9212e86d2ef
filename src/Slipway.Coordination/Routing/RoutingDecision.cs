namespace Slipway.Coordination.Routing;

/// <summary>Where a task goes next, the gravest first: in this order decisions break ties.</summary>
public enum RoutingDecision
{
    /// <summary>Handle an error.</summary>
    Error,

    /// <summary>End the workflow.</summary>
    End,

    /// <summary>Do the task again. Only while the state shows an error and the retry budget lasts.</summary>
    Retry,

    /// <summary>Do several tasks at once.</summary>
    Parallel,

    /// <summary>Decide by a further condition.</summary>
    Conditional,

    /// <summary>Divide the work.</summary>
    Branch,

    /// <summary>Leave the task out.</summary>
    Skip,

    /// <summary>Go on.</summary>
    Continue,
}
