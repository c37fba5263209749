using System.Diagnostics;
using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Interop.Nvml;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>Fans with the functions of each generation of drivers, in libraries that gcc makes of a few lines; the simulated cards have none.</summary>
public sealed class NvmlFansTests : IDisposable
{
    private const string Required = """
        #define CALL(name) int name(void) { return 0; }
        CALL(nvmlInit_v2) CALL(nvmlShutdown) CALL(nvmlDeviceGetCount_v2) CALL(nvmlDeviceGetHandleByIndex_v2) CALL(nvmlDeviceGetHandleByPciBusId_v2)
        CALL(nvmlDeviceGetUUID) CALL(nvmlDeviceGetPciInfo_v3)

        """;

    private const string Since510 = "int nvmlDeviceGetNumFans(void *card, unsigned *fans) { (void)card; *fans = FANS; return 0; }\n";
    private const string Since418 = "int nvmlDeviceGetFanSpeed_v2(void *card, unsigned fan, unsigned *speed) { (void)card; *speed = 30 + fan; return fan < FANS ? 0 : BEYOND; }\n";
    private const string Oldest = "int nvmlDeviceGetFanSpeed(void *card, unsigned *speed) { (void)card; *speed = 70; return FANS ? 0 : 3; }\n";

    private readonly TemporaryFolder _folder = new();
    private NvmlLibrary? _library;

    [Theory]
    [InlineData(Since510 + Since418 + Oldest, 4, NvmlReturn.Success, 4)] // told, whatever the number
    [InlineData(Since418 + Oldest, 1, NvmlReturn.Success, 1)]
    [InlineData(Since418 + Oldest, 2, NvmlReturn.Success, 2)]
    [InlineData(Since418 + Oldest, 9, NvmlReturn.Success, 3)] // asked for no further
    [InlineData(Since418 + Oldest, 0, NvmlReturn.InvalidArgument, 0)]
    [InlineData(Oldest, 1, NvmlReturn.Success, 1)]
    [InlineData(Oldest, 0, NvmlReturn.NotSupported, 0)] // the chassis cools
    [InlineData("", 0, NvmlReturn.FunctionNotFound, 0)]
    public void Fans_are_counted_by_what_the_driver_has(string functions, int there, NvmlReturn code, uint counted) =>
        Assert.Equal((code, counted), (NvmlFans.Count(Build(functions, there), default, out var fans), fans));

    [Fact]
    public void A_fan_that_failed_in_passing_ends_no_count()
    {
        const int unknown = (int)NvmlReturn.Unknown;
        Assert.Equal(NvmlReturn.Unknown, NvmlFans.Count(Build(Since418, 1, beyond: unknown), default, out _));
    }

    [Theory]
    [InlineData(Since418 + Oldest, 1, NvmlReturn.Success, 31)]
    [InlineData(Oldest, 0, NvmlReturn.Success, 70)] // of the card
    [InlineData(Oldest, 1, NvmlReturn.FunctionNotFound, 0)]
    public void A_speed_is_the_fan_s_own_or_that_of_the_card_told_once(string functions, uint fan, NvmlReturn code, uint percent) =>
        Assert.Equal((code, percent), (NvmlFans.Speed(Build(functions, 2), default, fan, out var speed), speed));

    public void Dispose()
    {
        _library?.Dispose();
        _folder.Dispose();
    }

    private NvmlLibrary Build(string functions, int fans, int beyond = (int)NvmlReturn.InvalidArgument)
    {
        var library = Path.Join(_folder.Path, "libunderTest.so");
        using var gcc = Process.Start("gcc", ["-shared", "-fPIC", "-std=c11", $"-DFANS={fans}u", $"-DBEYOND={beyond}", "-o", library, _folder.Write("library.c", Required + functions)]);
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
        return _library = NvmlLibrary.Load(library).Library!;
    }
}
