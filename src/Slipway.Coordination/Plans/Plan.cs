using System.Buffers;
using System.Security.Cryptography;

namespace Slipway.Coordination.Plans;

/// <summary>An immutable set of steps and their order. <c>PlanValidator</c> says whether it can run.</summary>
public sealed record Plan
{
    /// <summary>What the plan does, for people, such as <c>generate storefront</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The steps; their order has no meaning for the run but is kept.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Facts the caller needs to find its way back at resume, such as the verb and the workspace. No secrets: they are journaled.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The hash of the canonical JSON form: <c>sha256:</c> and 64 lower-case hexadecimal digits. Computed at each call.</summary>
    public string ComputeContentHash()
    {
        var buffer = new ArrayBufferWriter<byte>();
        PlanJson.Write(buffer, this);
        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan))}";
    }
}
