namespace Slipway.Benchmarks.Suites;

/// <summary>A set of measurements that are made together because they are read together.</summary>
internal interface ISuite
{
    /// <summary>The name on the command line.</summary>
    string Name { get; }

    /// <summary>True when it takes so long that it runs only where it is named.</summary>
    bool IsOnRequest => false;

    /// <summary>Measures and prints tables.</summary>
    Task RunAsync(TextWriter output);
}
