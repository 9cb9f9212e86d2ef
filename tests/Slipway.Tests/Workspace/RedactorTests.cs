using Slipway.Workspace;

namespace Slipway.Tests.Workspace;

public sealed class RedactorTests
{
    private readonly Redactor _redactor = new();

    [Fact]
    public void Redact_NoSecret_IsTheSameText()
    {
        _redactor.Register("hunter2");
        const string Text = "nothing to hide";

        Assert.Same(Text, _redactor.Redact(Text));
    }

    [Theory]
    [InlineData("password=p@ss\"w/rd!")]
    [InlineData("p@ss\"w/rd!p@ss\"w/rd!")]
    [InlineData("{\"a\":\"p@ss\\u0022w/rd!\"}")]
    [InlineData("{\"a\":\"p@ss\\\"w/rd!\"}")]
    [InlineData("postgresql://user:p%40ss%22w%2Frd%21@host")]
    [InlineData("data: cEBzcyJ3L3JkIQ==")]
    public void Redact_SecretInAnyForm_IsMasked(string text)
    {
        _redactor.Register("p@ss\"w/rd!");

        var redacted = _redactor.Redact(text);

        Assert.Contains(Redactor.Mask, redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("rd!", redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("cEBz", redacted, StringComparison.Ordinal);
        Assert.DoesNotContain("%22w", redacted, StringComparison.Ordinal);
    }

    [Fact]
    public void Redact_SecretWithinASecret_TakesTheLonger()
    {
        _redactor.Register("abcd");
        _redactor.Register("abcdefgh");

        Assert.Equal("(sensitive) (sensitive)ef", _redactor.Redact("abcdefgh abcdef"));
    }

    [Fact]
    public void Redact_LineOfAKey_IsMasked()
    {
        _redactor.Register("-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----\n");

        Assert.Equal("read (sensitive) there", _redactor.Redact("read MIIEvQIBADANBg there"));
    }

    [Fact]
    public void Register_TooShort_IsNotMasked()
    {
        _redactor.Register("1");
        _redactor.Register("");
        _redactor.Register(null);

        Assert.Equal("1 and 1", _redactor.Redact("1 and 1"));
    }
}
