using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Hosting;

/// <summary>What came of building an engine.</summary>
/// <param name="Services">The engine and what it works with; null when there are problems.</param>
/// <param name="Problems">All that is wrong, as <c>SLW57xx</c>; none when it was built.</param>
public sealed record CoordinationCheck(CoordinationServices? Services, IReadOnlyList<Diagnostic> Problems);
