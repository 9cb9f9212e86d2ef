using System.Buffers.Binary;
using System.Text;

namespace Slipway.Telemetry.Tests.Otlp;

/// <summary>Reads the fields of a protocol buffer by number, as far as metrics need it.</summary>
internal sealed class ProtobufFields
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtobufFields(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var key = Varint();
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _fields.Add((number, Varint(), default));
                    break;
                case 1:
                    _fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint();
                    _fields.Add((number, 0, message.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    _fields.Add((number, BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]), default));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {key & 7} at {at}.");
            }
        }

        ulong Varint()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var part = message.Span[at++];
                value |= (ulong)(part & 0x7f) << shift;
                if (part < 0x80) return value;
            }
        }
    }

    public IEnumerable<ProtobufFields> Messages(int number) => Bytes(number).Select(bytes => new ProtobufFields(bytes));

    public string Text(int number) => Bytes(number).Select(bytes => Encoding.UTF8.GetString(bytes.Span)).SingleOrDefault() ?? "";

    public ulong Integer(int number) => _fields.Single(field => field.Number == number).Value;

    public double Double(int number) => BitConverter.UInt64BitsToDouble(Integer(number));

    private IEnumerable<ReadOnlyMemory<byte>> Bytes(int number) => _fields.Where(field => field.Number == number).Select(field => field.Bytes);
}
