namespace Slipway.Platform;

/// <summary>The object storage.</summary>
/// <param name="BucketName">The S3 bucket.</param>
/// <param name="BucketArn">Its ARN.</param>
/// <param name="IamPolicyArn">The policy that grants access to it.</param>
public sealed record StorageFacts(Value<string> BucketName, Value<string> BucketArn, Value<string> IamPolicyArn);
