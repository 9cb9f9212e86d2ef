using System.Net.Http;
using System.Net.Sockets;

namespace Slipway.Coordination.Failures;

/// <summary>Makes failures of what agents do not classify themselves: exit codes, HTTP statuses and exceptions.</summary>
public static class FailureClassifier
{
    /// <summary>
    /// The failure of a command that ended with an exit code other than 0. 124 is a timeout (coreutils <c>timeout</c>), 75 is transient
    /// (<c>EX_TEMPFAIL</c> of sysexits.h), 130 and 143 are cancellations (128 + SIGINT, SIGTERM), 137 is transient (128 + SIGKILL, the
    /// kernel out of memory); everything else is permanent.
    /// </summary>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="command">What was run, for people.</param>
    /// <param name="detail">The last lines of its output; null when none.</param>
    public static Failure FromExitCode(int exitCode, string command, string? detail = null) => new()
    {
        Code = "SLW5105",
        Kind = exitCode switch
        {
            75 or 137 => FailureKind.Transient,
            124 => FailureKind.Timeout,
            130 or 143 => FailureKind.Cancelled,
            _ => FailureKind.Permanent,
        },
        Message = exitCode switch
        {
            126 => $"'{command}' may not be executed",
            127 => $"'{command}' was not found",
            _ => $"'{command}' ended with exit code {exitCode}",
        },
        Detail = detail,
        Source = command,
    };

    /// <summary>
    /// The failure of an HTTP request that was answered with a status other than 2xx: 408 and 504 are timeouts; 425, 429, 500, 502 and
    /// 503 are transient (RFC 9110, RFC 8470, RFC 6585); everything else is permanent.
    /// </summary>
    /// <param name="status">The status.</param>
    /// <param name="source">Who answered.</param>
    /// <param name="retryAfter">The answer's Retry-After; null when it had none.</param>
    /// <param name="detail">The beginning of the answer; null when none.</param>
    public static Failure FromHttpStatus(int status, string source, TimeSpan? retryAfter = null, string? detail = null) => new()
    {
        Code = "SLW5106",
        Kind = status switch
        {
            408 or 504 => FailureKind.Timeout,
            425 or 429 or 500 or 502 or 503 => FailureKind.Transient,
            _ => FailureKind.Permanent,
        },
        Message = $"{source} answered with HTTP status {status}",
        Detail = detail,
        RetryAfter = retryAfter,
        Source = source,
    };

    /// <summary>
    /// The failure that an exception stands for: time-outs, cancellations, HTTP answers, broken connections and I/O errors are
    /// recognised; everything else is an unexpected error of the agent and permanent.
    /// </summary>
    /// <param name="exception">The exception.</param>
    /// <param name="source">What threw it; null when the step's own agent did.</param>
    public static Failure FromException(Exception exception, string? source = null)
    {
        return exception switch
        {
            AggregateException { InnerExceptions: [var single] } => FromException(single, source),
            TimeoutException or OperationCanceledException { InnerException: TimeoutException } => Make("SLW5107", FailureKind.Timeout),
            OperationCanceledException => Make("SLW5107", FailureKind.Cancelled),
            HttpRequestException { StatusCode: { } status } => FromHttpStatus((int)status, source ?? "the server", detail: exception.Message),
            HttpRequestException or SocketException => Make("SLW5107", FailureKind.Transient),
            FileNotFoundException or DirectoryNotFoundException or PathTooLongException or DriveNotFoundException or UnauthorizedAccessException =>
                Make("SLW5107", FailureKind.Permanent),
            IOException => Make("SLW5107", FailureKind.Transient),
            _ => Make("SLW5103", FailureKind.Permanent),
        };

        Failure Make(string code, FailureKind kind) => new()
        {
            Code = code,
            Kind = kind,
            Message = exception.Message ?? exception.GetType().Name,
            Detail = exception.InnerException?.Message,
            Source = source,
        };
    }
}
