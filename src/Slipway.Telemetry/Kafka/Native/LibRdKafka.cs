using System.Runtime.InteropServices;

namespace Slipway.Telemetry.Kafka.Native;

/// <summary>The functions of librdkafka that a producer needs, from the library that the machine has. Names are those of <c>rdkafka.h</c>.</summary>
internal sealed unsafe class LibRdKafka
{
    public const int ErrorTextSize = 512;

    private static readonly Lazy<LibRdKafka> Loaded = new(() => Load(Candidates()));

    private LibRdKafka(nint library)
    {
        ConfNew = (delegate* unmanaged[Cdecl]<nint>)NativeLibrary.GetExport(library, "rd_kafka_conf_new");
        ConfDestroy = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_destroy");
        ConfSet = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte*, nuint, int>)NativeLibrary.GetExport(library, "rd_kafka_conf_set");
        ConfSetOpaque = (delegate* unmanaged[Cdecl]<nint, nint, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_set_opaque");
        ConfSetDeliveryCallback = (delegate* unmanaged[Cdecl]<nint, nint, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_set_dr_msg_cb");
        ConfSetLogCallback = (delegate* unmanaged[Cdecl]<nint, nint, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_set_log_cb");
        New = (delegate* unmanaged[Cdecl]<int, nint, byte*, nuint, nint>)NativeLibrary.GetExport(library, "rd_kafka_new");
        Destroy = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "rd_kafka_destroy");
        Opaque = (delegate* unmanaged[Cdecl]<nint, nint>)NativeLibrary.GetExport(library, "rd_kafka_opaque");
        TopicNew = (delegate* unmanaged[Cdecl]<nint, byte*, nint, nint>)NativeLibrary.GetExport(library, "rd_kafka_topic_new");
        TopicDestroy = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "rd_kafka_topic_destroy");
        Produce = (delegate* unmanaged[Cdecl]<nint, int, int, byte*, nuint, byte*, nuint, nint, int>)NativeLibrary.GetExport(library, "rd_kafka_produce");
        Poll = (delegate* unmanaged[Cdecl]<nint, int, int>)NativeLibrary.GetExport(library, "rd_kafka_poll");
        Flush = (delegate* unmanaged[Cdecl]<nint, int, int>)NativeLibrary.GetExport(library, "rd_kafka_flush");
        Purge = (delegate* unmanaged[Cdecl]<nint, int, int>)NativeLibrary.GetExport(library, "rd_kafka_purge");
        LastError = (delegate* unmanaged[Cdecl]<int>)NativeLibrary.GetExport(library, "rd_kafka_last_error");
        ErrorToText = (delegate* unmanaged[Cdecl]<int, byte*>)NativeLibrary.GetExport(library, "rd_kafka_err2str");
    }

    public delegate* unmanaged[Cdecl]<nint> ConfNew { get; }

    public delegate* unmanaged[Cdecl]<nint, void> ConfDestroy { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte*, nuint, int> ConfSet { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, void> ConfSetOpaque { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, void> ConfSetDeliveryCallback { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, void> ConfSetLogCallback { get; }

    public delegate* unmanaged[Cdecl]<int, nint, byte*, nuint, nint> New { get; }

    public delegate* unmanaged[Cdecl]<nint, void> Destroy { get; }

    public delegate* unmanaged[Cdecl]<nint, nint> Opaque { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, nint, nint> TopicNew { get; }

    public delegate* unmanaged[Cdecl]<nint, void> TopicDestroy { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int, byte*, nuint, byte*, nuint, nint, int> Produce { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> Poll { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> Flush { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> Purge { get; }

    public delegate* unmanaged[Cdecl]<int> LastError { get; }

    public delegate* unmanaged[Cdecl]<int, byte*> ErrorToText { get; }

    /// <summary>The library of this machine, loaded once.</summary>
    /// <exception cref="TelemetryException">It is not installed, or too old.</exception>
    public static LibRdKafka Require() => Loaded.Value;

    public static LibRdKafka Load(IReadOnlyList<string> names)
    {
        // A message is told apart by 64 bits in the place of a pointer.
        if (nint.Size == 8)
        {
            foreach (var name in names)
            {
                if (!NativeLibrary.TryLoad(name, out var library)) continue;
                try
                {
                    return new LibRdKafka(library);
                }
                catch (EntryPointNotFoundException)
                {
                    NativeLibrary.Free(library);
                }
            }
        }

        throw new TelemetryException(TelemetryDiagnostics.NoLibrary(names));
    }

    public string TextOf(int error) => Marshal.PtrToStringUTF8((nint)ErrorToText(error)) ?? "";

    private static string[] Candidates() =>
        OperatingSystem.IsWindows() ? ["librdkafka.dll"]
        : OperatingSystem.IsMacOS() ? ["librdkafka.1.dylib", "librdkafka.dylib", "/opt/homebrew/lib/librdkafka.dylib", "/usr/local/lib/librdkafka.dylib"]
        : ["librdkafka.so.1", "librdkafka.so"];
}
