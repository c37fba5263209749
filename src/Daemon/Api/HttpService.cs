using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Api;

/// <summary>What the HTTP of agent and controller has in common: the configured addresses and a Unix socket, and bounds on what a caller may send. What is answered is its owner's.</summary>
internal sealed class HttpService : IAsyncDisposable
{
    // What a running request may still take at the end; the unit's stop as a whole has 10 s.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly WebApplication _application;

    /// <param name="bounds">Where it listens, and how much it takes.</param>
    /// <param name="loggers">Takes our own messages, and Kestrel's from warnings on.</param>
    /// <param name="handle">Answers every request.</param>
    public HttpService(HttpBounds bounds, ILoggerFactory loggers, RequestDelegate handle)
    {
        // Empty, not slim: a daemon must not take settings from an appsettings.json or ASPNETCORE_URLS that happens to be there.
        var builder = WebApplication.CreateEmptyBuilder(new());
        // What keeps the host from starting is thrown, and told in one line by who catches it: no stack trace beside that.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddProvider(new ForwardedLogs(loggers));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = BoundSockets.Bind);
        builder.WebHost.UseKestrelCore();
        if (bounds.Https is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, bounds));
        _application = builder.Build();
        _application.Run(handle);
    }

    /// <summary>What is listened on, once started: <c>http://[::]:9797</c>, <c>http://unix:/run/forewarn/forewarn.sock</c>.</summary>
    public IReadOnlyCollection<string> Addresses =>
        [.. _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Binds and serves; a <see cref="ListenException"/> says what is in the way.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await _application.StartAsync(cancellation);
        }
        catch (SocketException refused)
        {
            // Another process bound the same port between our bind and our listen.
            throw new ListenException($"cannot listen: {refused.SocketErrorCode}", refused);
        }
    }

    /// <summary>Stops listening, lets running requests end for 3 s or until the token says otherwise, and removes the socket.</summary>
    public Task StopAsync(CancellationToken cancellation) => _application.StopAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, HttpBounds bounds)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = bounds.MostConnections;
        kestrel.Limits.MaxRequestBodySize = bounds.MostBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Longer than many heartbeats of an agent and than the scrape intervals that are common (15 s to 2 min), so that either keeps its connection.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(150);
        kestrel.ConfigureEndpointDefaults(listener => listener.Protocols = HttpProtocols.Http1);
        foreach (var address in bounds.Listen)
        {
            // IPv6Any takes IPv4 too; a kernel booted without IPv6 has no such thing.
            var endPoint = new IPEndPoint(address.Address ?? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any), address.Port);
            kestrel.Listen(endPoint, listener =>
            {
                if (bounds.OnAddress is { } first) listener.Use(first);
                if (bounds.Https is { } https) listener.UseHttps(https);
            });
        }

        kestrel.ListenUnixSocket(bounds.Socket, listener =>
        {
            if (bounds.OnSocket is { } first) listener.Use(first);
        });
    }
}
