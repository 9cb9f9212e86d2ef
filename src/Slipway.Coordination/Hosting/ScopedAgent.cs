using Microsoft.Extensions.DependencyInjection;
using Slipway.Coordination.Agents;

namespace Slipway.Coordination.Hosting;

/// <summary>An agent that the container makes anew for each attempt, with a scope of its own.</summary>
internal sealed class ScopedAgent<TAgent>(IServiceScopeFactory scopes) : IAgent
    where TAgent : class, IAgent
{
    public async ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TAgent>().RunAsync(context, cancellationToken);
    }
}
