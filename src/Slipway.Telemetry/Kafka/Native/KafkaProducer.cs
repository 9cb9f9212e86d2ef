using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Slipway.Telemetry.Kafka.Native;

/// <summary>
/// An idempotent producer of librdkafka. Each message that was accepted gets exactly one report, which a thread of this object's own brings.
/// </summary>
internal sealed unsafe class KafkaProducer : IDisposable
{
    private const int Producer = 0;
    private const int AnyPartition = -1;
    private const int CopyPayload = 2;
    private const int PurgeAll = 3;
    private const int PollMilliseconds = 200;

    private readonly LibRdKafka _library;
    private readonly Action<nint, int> _onDelivered;
    private readonly ILogger _logger;
    private readonly Dictionary<string, nint> _topics = new(StringComparer.Ordinal);
    private readonly GCHandle _self;
    private readonly nint _handle;
    private readonly Thread _poller;
    private readonly TimeSpan _stopTimeout;
    private volatile bool _isStopping;

    /// <summary>A producer.</summary>
    /// <param name="library">librdkafka.</param>
    /// <param name="options">The cluster.</param>
    /// <param name="onDelivered">Called for each message with its tag and its error, 0 for none, by one thread at a time.</param>
    public KafkaProducer(LibRdKafka library, KafkaMetricSinkOptions options, Action<nint, int> onDelivered)
    {
        _library = library;
        _onDelivered = onDelivered;
        _logger = options.Logger;
        _stopTimeout = options.StopTimeout;
        _self = GCHandle.Alloc(this);
        try
        {
            _handle = Create(options);
            _topics[options.MetricTopic] = NewTopic(options.MetricTopic);
            if (!_topics.ContainsKey(options.AlertTopic)) _topics[options.AlertTopic] = NewTopic(options.AlertTopic);
        }
        catch
        {
            Release();
            throw;
        }

        _poller = new Thread(Poll) { IsBackground = true, Name = "slipway-kafka" };
        _poller.Start();
    }

    /// <summary>Hands a message over; both texts are copied.</summary>
    /// <returns>0, or the error why it was not accepted: then there is no report.</returns>
    public int Produce(string topic, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload, nint tag)
    {
        fixed (byte* keyStart = key)
        fixed (byte* payloadStart = payload)
        {
            var result = _library.Produce(
                _topics[topic], AnyPartition, CopyPayload, payloadStart, (nuint)payload.Length, keyStart, (nuint)key.Length, tag);
            return result == 0 ? 0 : _library.LastError();
        }
    }

    /// <summary>Waits for what is under way, gives up on it after the time to stop, and ends. Every message has its report then.</summary>
    public void Dispose()
    {
        if (_isStopping) return;
        _isStopping = true;
        _poller.Join();
        if (_library.Flush(_handle, (int)_stopTimeout.TotalMilliseconds) != 0)
        {
            _library.Purge(_handle, PurgeAll);
            _library.Flush(_handle, PollMilliseconds);
        }

        Release();
    }

    private void Release()
    {
        foreach (var topic in _topics.Values) _library.TopicDestroy(topic);
        if (_handle != 0) _library.Destroy(_handle);
        _self.Free();
    }

    private void Poll()
    {
        while (!_isStopping) _library.Poll(_handle, PollMilliseconds);
    }

    private nint Create(KafkaMetricSinkOptions options)
    {
        var configuration = _library.ConfNew();
        var error = stackalloc byte[LibRdKafka.ErrorTextSize];
        try
        {
            Set("bootstrap.servers", options.BootstrapServers);
            Set("enable.idempotence", "true");
            Set("message.timeout.ms", ((long)options.DeliveryTimeout.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
            foreach (var (name, value) in options.Settings) Set(name, value);
            _library.ConfSetOpaque(configuration, GCHandle.ToIntPtr(_self));
            _library.ConfSetDeliveryCallback(configuration, (nint)(delegate* unmanaged[Cdecl]<nint, NativeMessage*, nint, void>)&OnDelivered);
            _library.ConfSetLogCallback(configuration, (nint)(delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, void>)&OnLog);
            var handle = _library.New(Producer, configuration, error, LibRdKafka.ErrorTextSize);
            if (handle == 0) throw new TelemetryException(TelemetryDiagnostics.BadSetting("of the producer", ErrorText()));
            // It belongs to the producer from here on.
            configuration = 0;
            return handle;
        }
        finally
        {
            if (configuration != 0) _library.ConfDestroy(configuration);
        }

        void Set(string name, string value)
        {
            fixed (byte* nameStart = Utf8(name))
            fixed (byte* valueStart = Utf8(value))
            {
                if (_library.ConfSet(configuration, nameStart, valueStart, error, LibRdKafka.ErrorTextSize) != 0)
                    throw new TelemetryException(TelemetryDiagnostics.BadSetting(name, ErrorText()));
            }
        }

        string ErrorText() => Marshal.PtrToStringUTF8((nint)error) ?? "";
    }

    private nint NewTopic(string name)
    {
        fixed (byte* start = Utf8(name))
        {
            var topic = _library.TopicNew(_handle, start, 0);
            return topic != 0 ? topic : throw new TelemetryException(TelemetryDiagnostics.BadSetting("topic", $"'{name}': {_library.TextOf(_library.LastError())}"));
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text + '\0');

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDelivered(nint handle, NativeMessage* message, nint self) =>
        ((KafkaProducer)GCHandle.FromIntPtr(self).Target!)._onDelivered(message->Tag, message->Error);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint handle, int level, byte* facility, byte* text)
    {
        // Called by threads of librdkafka, as early as during its creation. Nothing may be thrown through it.
        if (handle == 0 || LibRdKafka.Require().Opaque(handle) is not (not 0 and var self)) return;
        try
        {
            var logger = ((KafkaProducer)GCHandle.FromIntPtr(self).Target!)._logger;
            var importance = level <= 3 ? LogLevel.Error : level == 4 ? LogLevel.Warning : LogLevel.Debug;
            logger.Log(importance, "librdkafka {Facility}: {Text}", Marshal.PtrToStringUTF8((nint)facility), Marshal.PtrToStringUTF8((nint)text));
        }
        catch (Exception exception)
        {
            System.Diagnostics.Trace.TraceError($"The logger of a Kafka producer failed: {exception.Message}");
        }
    }
}
