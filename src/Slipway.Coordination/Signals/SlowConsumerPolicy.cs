namespace Slipway.Coordination.Signals;

/// <summary>What happens when as many signals wait for a subscription as it can hold.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>Publishers wait until the consumer has caught up: nothing is lost.</summary>
    Wait,

    /// <summary>The oldest signal that waits is passed over, and counted.</summary>
    DropOldest,

    /// <summary>The subscription ends with a <see cref="SignalOverflowException"/>.</summary>
    Fail,
}
