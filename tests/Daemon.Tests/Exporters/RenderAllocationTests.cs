using System.Buffers;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Exporters;

public class RenderAllocationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_scrape_after_the_first_allocates_nothing(bool openMetrics)
    {
        var format = openMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.PrometheusText;
        var node = TwoCards.Build();
        var measured = node.View.Devices[0];
        var sample = ScrapedNode.SampleOf(
            Reading.Of(SignalId.Power, 512.75), Reading.Of(SignalId.UtilizationGpu, 0.31), Reading.Of(SignalId.Energy, 2e9));
        var output = new ArrayBufferWriter<byte>(1024 * 1024);
        Render();
        Render();

        measured.Apply(sample);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) Render();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Render()
        {
            output.ResetWrittenCount();
            node.Renderer.Render(format, output);
        }
    }
}
