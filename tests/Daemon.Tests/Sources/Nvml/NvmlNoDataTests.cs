using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

public class NvmlNoDataTests
{
    /// <summary>Every code of nvml.h 13.3, by number, and two that it does not know.</summary>
    [Theory]
    [InlineData(0, NoDataReason.None)]
    [InlineData(1, NoDataReason.DriverNotLoaded)] // uninitialized: the driver went away under the library
    [InlineData(2, NoDataReason.Invalid)]
    [InlineData(3, NoDataReason.NotSupported)]
    [InlineData(4, NoDataReason.NoPermission)]
    [InlineData(5, NoDataReason.Invalid)]
    [InlineData(6, NoDataReason.Invalid)]
    [InlineData(7, NoDataReason.Invalid)]
    [InlineData(8, NoDataReason.Invalid)]
    [InlineData(9, NoDataReason.DriverNotLoaded)]
    [InlineData(10, NoDataReason.TimedOut)]
    [InlineData(11, NoDataReason.Invalid)]
    [InlineData(12, NoDataReason.LibraryMissing)]
    [InlineData(13, NoDataReason.SymbolMissing)]
    [InlineData(14, NoDataReason.Invalid)]
    [InlineData(15, NoDataReason.DeviceLost)]
    [InlineData(16, NoDataReason.ResetRequired)]
    [InlineData(17, NoDataReason.NoPermission)] // "blocked by the operating system/cgroups"
    [InlineData(18, NoDataReason.DriverNotLoaded)] // another version of it is
    [InlineData(19, NoDataReason.Invalid)]
    [InlineData(20, NoDataReason.Invalid)]
    [InlineData(21, NoDataReason.Invalid)]
    [InlineData(22, NoDataReason.NotSupported)]
    [InlineData(23, NoDataReason.Invalid)]
    [InlineData(24, NoDataReason.Invalid)]
    [InlineData(25, NoDataReason.NotSupported)]
    [InlineData(26, NoDataReason.NotSupported)]
    [InlineData(27, NoDataReason.TimedOut)]
    [InlineData(28, NoDataReason.DeviceLost)]
    [InlineData(29, NoDataReason.Invalid)]
    [InlineData(30, NoDataReason.Invalid)]
    [InlineData(999, NoDataReason.Invalid)]
    [InlineData(31, NoDataReason.Invalid)]
    [InlineData(-1, NoDataReason.Invalid)]
    public void Each_code_stands_for_one_absence(int code, NoDataReason reason) => Assert.Equal(reason, NvmlNoData.From((NvmlReturn)code));

    /// <summary>What a card answers each time it is asked must not keep what was known of it for ever.</summary>
    [Theory]
    [InlineData(NvmlReturn.Timeout, true)]
    [InlineData(NvmlReturn.GpuIsLost, true)]
    [InlineData(NvmlReturn.Unknown, true)]
    [InlineData(NvmlReturn.Success, false)]
    [InlineData(NvmlReturn.NotSupported, false)]
    [InlineData(NvmlReturn.NoPermission, false)]
    [InlineData(NvmlReturn.OperatingSystem, false)]
    [InlineData(NvmlReturn.CorruptedInforom, false)]
    public void Only_what_says_nothing_of_the_question_is_in_passing(NvmlReturn code, bool isInPassing) => Assert.Equal(isInPassing, NvmlNoData.IsInPassing(code));
}
