using System.Runtime.InteropServices;

namespace Slipway.Telemetry.Kafka.Native;

/// <summary>The <c>rd_kafka_message_t</c> of a delivery report.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeMessage
{
    public readonly int Error;
    public readonly nint Topic;
    public readonly int Partition;
    public readonly nint Payload;
    public readonly nuint Length;
    public readonly nint Key;
    public readonly nuint KeyLength;
    public readonly long Offset;

    /// <summary>What was given when the message was produced.</summary>
    public readonly nint Tag;
}
