using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Recovery;

/// <summary>The result of making a policy.</summary>
/// <param name="Policy">The policy; null when there are problems.</param>
/// <param name="Problems">All problems; none when the policy can be used.</param>
public sealed record RecoveryPolicyCheck(RecoveryPolicy? Policy, IReadOnlyList<Diagnostic> Problems);
