namespace Slipway.Coordination.Runs;

/// <summary>Something that waits for the next turn of a run's loop.</summary>
internal abstract class RunMessage
{
    /// <summary>Folds it in; called in the loop.</summary>
    public abstract void Take(RunLoop loop);

    /// <summary>Called instead of <see cref="Take"/> when the loop has ended.</summary>
    public virtual void Lose()
    {
    }
}
