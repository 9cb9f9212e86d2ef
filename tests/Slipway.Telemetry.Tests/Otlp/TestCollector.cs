using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Slipway.Telemetry.Tests.Otlp;

/// <summary>An OpenTelemetry collector that keeps what it gets, over HTTP/1.1 or gRPC.</summary>
internal sealed class TestCollector : IAsyncDisposable
{
    private readonly WebApplication _server;

    private TestCollector(WebApplication server) => _server = server;

    public Uri Address => new(_server.Urls.Single());

    public ConcurrentQueue<ReceivedMetric> Received { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<TestCollector> StartAsync(HttpProtocols protocol)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = protocol));
        var server = builder.Build();
        var collector = new TestCollector(server);
        server.Run(collector.HandleAsync);
        await server.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var isGrpc = context.Request.ContentType == "application/grpc";
        Requests.Enqueue($"{context.Request.Path} {context.Request.Headers["x-token"]}");
        foreach (var metric in ReceivedMetric.Read(body.ToArray().AsMemory(isGrpc ? 5 : 0))) Received.Enqueue(metric);
        context.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
        if (!isGrpc) return;
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
