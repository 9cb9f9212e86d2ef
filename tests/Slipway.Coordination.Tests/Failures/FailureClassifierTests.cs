using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Tests.Failures;

public sealed class FailureClassifierTests
{
    public static TheoryData<Exception, string, FailureKind> Exceptions => new()
    {
        { new TimeoutException(), "SLW5107", FailureKind.Timeout },
        { new TaskCanceledException("x", new TimeoutException()), "SLW5107", FailureKind.Timeout },
        { new OperationCanceledException(), "SLW5107", FailureKind.Cancelled },
        { new HttpRequestException("x", null, HttpStatusCode.ServiceUnavailable), "SLW5106", FailureKind.Transient },
        { new HttpRequestException("x", null, HttpStatusCode.NotFound), "SLW5106", FailureKind.Permanent },
        { new HttpRequestException("x"), "SLW5107", FailureKind.Transient },
        { new SocketException(), "SLW5107", FailureKind.Transient },
        { new FileNotFoundException(), "SLW5107", FailureKind.Permanent },
        { new IOException(), "SLW5107", FailureKind.Transient },
        { new UnauthorizedAccessException(), "SLW5107", FailureKind.Permanent },
        { new AggregateException(new TimeoutException()), "SLW5107", FailureKind.Timeout },
        { new InvalidOperationException(), "SLW5103", FailureKind.Permanent },
    };

    [Theory]
    [InlineData(1, FailureKind.Permanent)]
    [InlineData(75, FailureKind.Transient)]
    [InlineData(124, FailureKind.Timeout)]
    [InlineData(127, FailureKind.Permanent)]
    [InlineData(130, FailureKind.Cancelled)]
    [InlineData(137, FailureKind.Transient)]
    public void FromExitCode_Always_FollowsTheConventions(int exitCode, FailureKind kind)
    {
        var failure = FailureClassifier.FromExitCode(exitCode, "terraform", "last line");

        Assert.Equal(("SLW5105", kind, "terraform", "last line"), (failure.Code, failure.Kind, failure.Source, failure.Detail));
    }

    [Theory]
    [InlineData(400, FailureKind.Permanent)]
    [InlineData(404, FailureKind.Permanent)]
    [InlineData(408, FailureKind.Timeout)]
    [InlineData(429, FailureKind.Transient)]
    [InlineData(500, FailureKind.Transient)]
    [InlineData(501, FailureKind.Permanent)]
    [InlineData(503, FailureKind.Transient)]
    [InlineData(504, FailureKind.Timeout)]
    public void FromHttpStatus_Always_RetriesWhatMayPass(int status, FailureKind kind)
    {
        var failure = FailureClassifier.FromHttpStatus(status, "registry", TimeSpan.FromSeconds(3));

        Assert.Equal((kind, TimeSpan.FromSeconds(3)), (failure.Kind, failure.RetryAfter));
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void FromException_KnownOnes_AreRecognised(Exception exception, string code, FailureKind kind)
    {
        var failure = FailureClassifier.FromException(exception);

        Assert.Equal((code, kind), (failure.Code, failure.Kind));
    }
}
