using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Hosting;

/// <summary>What can be wrong with a set-up.</summary>
internal static class HostingProblems
{
    public static Diagnostic OptionOutOfRange(string problem) => new()
    {
        Code = "SLW5700",
        Summary = problem,
        Fix = "Correct it where the options are configured.",
    };

    public static Diagnostic UnusableAgent(string name, string problem) => new()
    {
        Code = "SLW5701",
        Summary = $"The agent '{name}' cannot be added",
        Detail = problem,
        Fix = "Correct its name or its descriptor.",
    };

    public static Diagnostic AgentTwice(string name) => new()
    {
        Code = "SLW5702",
        Summary = $"Two agents are called '{name}'",
        Fix = "Give every agent a name of its own.",
    };

    public static Diagnostic StoreTwice(string part) => new()
    {
        Code = "SLW5703",
        Summary = $"{part} is given in two places that differ",
        Fix = "Give it once: to the builder, or to the container, not in the options.",
    };
}
