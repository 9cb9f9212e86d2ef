using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace Slipway.Tests.Documents;

/// <summary>YAML as YamlDotNet itself reads it, for comparison with what we read and write.</summary>
internal static class ForeignReader
{
    private static readonly IDeserializer Deserializer = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <summary>Plain objects: text, numbers and booleans by type, lists, dictionaries.</summary>
    public static object? Read(string yaml) => Deserializer.Deserialize<object?>(yaml);

    /// <summary>The representation model's roots.</summary>
    public static IReadOnlyList<YamlNode> Documents(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }
}
