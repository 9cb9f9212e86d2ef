namespace Slipway.Coordination.Routing;

/// <summary>
/// Somebody who can say where a task goes. Routers are called from many threads at once, must not block, and should give the same answer
/// to the same state and context. One that throws is skipped and named in the explanation.
/// </summary>
public interface IRouter
{
    /// <summary>The unique name, for people; among equals the first by ordinal order wins.</summary>
    string Name { get; }

    /// <summary>What kind of router it is.</summary>
    RoutingStrategy Strategy { get; }

    /// <summary>The weight of its proposals, 0 to 100; read once, when it is added. The built-in ones have 100, 80, 60 and 40.</summary>
    int Priority { get; }

    /// <summary>Looks at a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="context">What the routing is about.</param>
    RouterAnswer Route(RoutingState state, RoutingContext context);
}
