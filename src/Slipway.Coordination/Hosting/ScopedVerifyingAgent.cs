using Microsoft.Extensions.DependencyInjection;
using Slipway.Coordination.Agents;

namespace Slipway.Coordination.Hosting;

/// <summary>The same for one that can tell whether an interrupted attempt had its effect.</summary>
internal sealed class ScopedVerifyingAgent<TAgent>(IServiceScopeFactory scopes) : IVerifyingAgent
    where TAgent : class, IAgent
{
    private readonly ScopedAgent<TAgent> _agent = new(scopes);

    public ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken) => _agent.RunAsync(context, cancellationToken);

    public async ValueTask<StepOutcome?> VerifyAsync(StepContext context, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ((IVerifyingAgent)scope.ServiceProvider.GetRequiredService<TAgent>()).VerifyAsync(context, cancellationToken);
    }
}
