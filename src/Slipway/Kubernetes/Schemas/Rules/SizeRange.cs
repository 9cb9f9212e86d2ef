namespace Slipway.Kubernetes.Schemas.Rules;

/// <summary>How many of something there may be.</summary>
internal readonly record struct SizeRange(int Least, int Most)
{
    public static SizeRange Any { get; } = new(0, int.MaxValue);

    public bool Holds(int number) => number >= Least && number <= Most;

    public override string ToString() => (Least, Most) switch
    {
        (_, int.MaxValue) => $"at least {Least}",
        (0, _) => $"at most {Most}",
        _ when Least == Most => $"exactly {Least}",
        _ => $"{Least} to {Most}",
    };
}
