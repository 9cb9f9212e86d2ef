using Slipway.Coordination.Diagnostics;

namespace Slipway.Storage;

/// <summary>A store could not do what was asked. What it held before is as it was; nothing was written in part.</summary>
public sealed class StorageException : Exception
{
    /// <summary>A failure that says what is wrong; its message is the diagnostic without place and fix.</summary>
    /// <param name="diagnostic">What is wrong, where, and what to do about it.</param>
    /// <param name="innerException">What led to it, or null.</param>
    public StorageException(Diagnostic diagnostic, Exception? innerException = null)
        : base($"{diagnostic.Code}: {diagnostic.Summary}{(diagnostic.Detail is { } detail ? $"; {detail}" : "")}", innerException) => Diagnostic = diagnostic;

    /// <summary>What is wrong, where, and what to do about it.</summary>
    public Diagnostic Diagnostic { get; }
}
