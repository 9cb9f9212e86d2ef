using Slipway.Kubernetes.Validation.Policy;

namespace Slipway.Tests.Kubernetes.Validation;

public sealed class SecretPatternsTests
{
    [Theory]
    [InlineData("DB_PASSWORD", true)]
    [InlineData("RABBITMQ_DEFAULT_PASS", true)]
    [InlineData("JWT_SECRET", true)]
    [InlineData("api-key", true)]
    [InlineData("AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("TOKEN_EXPIRY_SECONDS", false)]
    [InlineData("PASSWORD_FILE", false)]
    [InlineData("SECRET_NAME", false)]
    [InlineData("PASSENGER_LIMIT", false)]
    [InlineData("LOG_LEVEL", false)]
    public void IsSecretName_OfAVariable_IsWhatAPersonWouldSay(string name, bool secret) => Assert.Equal(secret, SecretPatterns.IsSecretName(name));

    [Theory]
    [InlineData("", true)]
    [InlineData("3600", true)]
    [InlineData("/run/secrets/token", true)]
    [InlineData("REPLACE_ME", true)]
    [InlineData("changeme", true)]
    [InlineData("${TOKEN}", true)]
    [InlineData("s3cr3t-Pa55", false)]
    public void IsHarmless_OfAValue_IsWhatAPersonWouldSay(string value, bool harmless) => Assert.Equal(harmless, SecretPatterns.IsHarmless(value));

    [Theory]
    [InlineData("postgresql://{{ .user }}:{{ .password }}@db:5432/shop", null)]
    [InlineData("postgresql://{{.user}}:{{.password}}@db:5432/shop", null)]
    [InlineData("postgresql://shop:s3cr3t@db:5432/shop", "a password in an address")]
    [InlineData("https://git.example.com:8443/shop.git", null)]
    [InlineData("arn:aws:iam::123456789012:role/shop", null)]
    public void KeyMaterial_InAText_IsFound(string text, string? what) => Assert.Equal(what, SecretPatterns.KeyMaterial(text));
}
