namespace Slipway.Coordination.Gates;

/// <summary>Somebody who waits for a gate to pass.</summary>
internal sealed class GateWaiter(double? threshold) : TaskCompletionSource<GateEvaluation>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public double? Threshold => threshold;
}
