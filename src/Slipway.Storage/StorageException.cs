using Slipway.Coordination.Diagnostics;

namespace Slipway.Storage;

/// <summary>A store could not do what was asked. What it held before is as it was; nothing was written in part.</summary>
public sealed class StorageException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="diagnostic">What is wrong.</param>
    /// <param name="innerException">What the store or its disk threw.</param>
    public StorageException(Diagnostic diagnostic, Exception? innerException = null)
        : base(diagnostic.ToString(), innerException) => Diagnostic = diagnostic;

    /// <summary>What is wrong, where, and what to do about it.</summary>
    public Diagnostic Diagnostic { get; }
}
