using Microsoft.Extensions.Logging;

namespace Slipway.Coordination.Tests.Hosting;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordingLoggerFactory : ILoggerFactory, ILogger
{
    private readonly Lock _gate = new();

    public List<string> Categories { get; } = [];

    public List<(LogLevel Level, string Line)> Lines { get; } = [];

    /// <summary>What was logged so far, also while more is.</summary>
    public List<(LogLevel Level, string Line)> Snapshot()
    {
        lock (_gate) return [.. Lines];
    }

    public ILogger CreateLogger(string categoryName)
    {
        Categories.Add(categoryName);
        return this;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate) Lines.Add((logLevel, formatter(state, exception)));
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
