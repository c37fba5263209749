using System.Buffers;
using Forewarn.Daemon.Exporters;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Fleet;

/// <summary>Answers <c>/metrics</c> of the controller. No node has series of its own here: its agent has them.</summary>
internal sealed class FleetMetrics(FleetKeeper keeper, Func<string?> refusal, string version, FurtherSeries? further = null)
{
    private static readonly byte[][] NodeStates = States(FleetCatalog.Nodes);
    private static readonly byte[][] DeviceStates = States(FleetCatalog.Devices);
    private static readonly byte[][] Reasons = Array.ConvertAll(FleetMeter.Reasons, static reason => FleetCatalog.Refused.Series(new SignalLabel("reason", reason)));
    private static readonly byte[] Silent = FleetCatalog.Silent.Series();
    private static readonly byte[] Reports = FleetCatalog.Reports.Series();
    private static readonly byte[] DuplicateReports = FleetCatalog.DuplicateReports.Series();
    private static readonly byte[] Transitions = FleetCatalog.Transitions.Series();
    private static readonly byte[] HeardAge = FleetCatalog.HeardAge.Series();
    private static readonly byte[] StoreUp = FleetCatalog.StoreUp.Series();

    private readonly byte[] _build = FleetCatalog.BuildInfo.Series(new SignalLabel("version", version));

    public async Task HandleAsync(HttpContext context)
    {
        var format = ScrapeNegotiation.Format(context.Request.Headers.Accept);
        var text = new ArrayBufferWriter<byte>(16 * 1024);
        Render(format, text);
        context.Response.ContentType = format == ExpositionFormat.OpenMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = text.WrittenCount;
        await context.Response.Body.WriteAsync(text.WrittenMemory, context.RequestAborted);
    }

    private void Render(ExpositionFormat format, IBufferWriter<byte> output)
    {
        var (state, now, meter) = (keeper.State, keeper.Now, keeper.Meter);
        var nodes = new long[NodeStates.Length];
        var devices = new long[NodeStates.Length];
        var silent = 0L;
        var oldest = TimeSpan.Zero;
        foreach (var node in state.Nodes.Values)
        {
            nodes[(int)state.Health(node, now)]++;
            foreach (var device in node.Devices) devices[(int)state.Health(node, device, now)]++;
            if (state.IsSilent(node, now)) silent++;
            if (now - node.Heard > oldest) oldest = now - node.Heard;
        }

        var writer = new ExpositionWriter(output, format);
        One(ref writer, FleetCatalog.BuildInfo, _build, 1);
        Each(ref writer, FleetCatalog.Nodes, NodeStates, nodes);
        One(ref writer, FleetCatalog.Silent, Silent, silent);
        Each(ref writer, FleetCatalog.Devices, DeviceStates, devices);
        One(ref writer, FleetCatalog.Reports, Reports, meter.Taken);
        One(ref writer, FleetCatalog.DuplicateReports, DuplicateReports, meter.Duplicate);
        writer.Begin(FleetCatalog.Refused.Header);
        for (var i = 0; i < Reasons.Length; i++) writer.Sample(Reasons[i], meter.Refused((ReportRefusal)i));
        One(ref writer, FleetCatalog.Transitions, Transitions, meter.Transitions);
        writer.Begin(FleetCatalog.HeardAge.Header);
        if (!state.Nodes.IsEmpty) writer.Sample(HeardAge, oldest.TotalSeconds);
        One(ref writer, FleetCatalog.StoreUp, StoreUp, refusal() is null ? 1 : 0);
        further?.Invoke(ref writer);
        writer.End();
    }

    private static byte[][] States(SelfFamily family) => Array.ConvertAll(EnumLabels.Of<HealthState>(), state => family.Series(new SignalLabel("state", state)));

    private static void One(ref ExpositionWriter writer, SelfFamily family, byte[] series, long value)
    {
        writer.Begin(family.Header);
        writer.Sample(series, value);
    }

    private static void Each(ref ExpositionWriter writer, SelfFamily family, byte[][] series, long[] values)
    {
        writer.Begin(family.Header);
        for (var i = 0; i < series.Length; i++) writer.Sample(series[i], values[i]);
    }
}
