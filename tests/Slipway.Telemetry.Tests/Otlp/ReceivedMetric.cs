namespace Slipway.Telemetry.Tests.Otlp;

/// <summary>A data point that a collector got: of a histogram its sum and count, of all others their value.</summary>
internal sealed record ReceivedMetric(string Service, string Scope, string Name, string Unit, string Tags, double Value, ulong Count)
{
    /// <summary>The data points of an <c>ExportMetricsServiceRequest</c>.</summary>
    public static IEnumerable<ReceivedMetric> Read(ReadOnlyMemory<byte> request) =>
        from resource in new ProtobufFields(request).Messages(1)
        let service = TagsOf(resource.Messages(1).Single(), 1).Single(tag => tag.StartsWith("service.name=", StringComparison.Ordinal))[13..]
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        from point in PointsOf(metric)
        select new ReceivedMetric(service, scope.Messages(1).Single().Text(1), metric.Text(1), metric.Text(3), point.Tags, point.Value, point.Count);

    private static IEnumerable<(string Tags, double Value, ulong Count)> PointsOf(ProtobufFields metric)
    {
        var numbers = metric.Messages(5).Concat(metric.Messages(7)).SelectMany(data => data.Messages(1))
            .Select(point => (string.Join(',', TagsOf(point, 7)), point.Double(4), 1UL));
        var histograms = metric.Messages(9).SelectMany(data => data.Messages(1))
            .Select(point => (string.Join(',', TagsOf(point, 9)), point.Double(5), point.Integer(4)));
        return numbers.Concat(histograms);
    }

    private static IEnumerable<string> TagsOf(ProtobufFields message, int number) =>
        message.Messages(number).Select(pair => $"{pair.Text(1)}={pair.Messages(2).Single().Text(1)}");
}
