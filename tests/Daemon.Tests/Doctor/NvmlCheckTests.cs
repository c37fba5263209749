using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Interop.Nvml;
using static Forewarn.Daemon.Tests.Doctor.Findings;

namespace Forewarn.Daemon.Tests.Doctor;

public class NvmlCheckTests
{
    private const string One = "0000:18:00.0", Two = "0000:2a:00.0";

    [Theory]
    [InlineData("NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.163.01  Tue Apr  8 12:41:17 UTC 2025\nGCC version: gcc 12.2.0", "550.163.01")]
    [InlineData("NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.124.06  Release Build", "570.124.06")]
    [InlineData("something else", null)]
    public void The_kernel_module_s_version_is_found(string text, string? version) =>
        Assert.Equal(version, NvmlKernelModule.Parse(text)?.ToString());

    [Theory]
    [InlineData("550.163.01", "550.163.01", "Ok")]
    [InlineData("550.163.01", "535.261.03", "Problem")]
    [InlineData("440.33.01", "440.33.01", "Ok Problem")]
    [InlineData("999.10.01", "999.10.01", "Ok Note")]
    [InlineData(null, "550.163.01", "")]
    public void Versions_are_compared(string? module, string? library, string expected) =>
        Assert.Equal(expected, Severities(NvmlVersionCheck.Judge(Version(module), Version(library))));

    [Fact]
    public void Persistence_that_is_off_names_the_cards()
    {
        Assert.Contains($"off on {Two}", Texts(NvmlModeCheck.JudgePersistence(Facts($"{One} persistence 1", $"{Two} persistence 0"))), StringComparison.Ordinal);
        Assert.Equal("Ok", Severities(NvmlModeCheck.JudgePersistence(Facts($"{One} persistence 1", $"{Two} persistence 1"))));
        Assert.Equal("", Severities(NvmlModeCheck.JudgePersistence(Facts())));
    }

    [Fact]
    public void A_mode_that_waits_for_a_reset_is_a_warning()
    {
        var waits = NvmlModeCheck.JudgePair(Facts($"{One} mig 0", $"{One} mig-pending 1"), NvmlFacts.Mig, NvmlFacts.MigPending, "MIG", null);
        Assert.Contains("Warning: MIG will change on all 1 cards", Texts(waits), StringComparison.Ordinal);
        var rests = NvmlModeCheck.JudgePair(Facts($"{One} mig 0", $"{One} mig-pending 0"), NvmlFacts.Mig, NvmlFacts.MigPending, "MIG", null);
        Assert.Equal("Ok", Severities(rests));
    }

    [Fact]
    public void A_reset_is_advised_for_the_cards_that_need_it_and_after_a_drain()
    {
        string[] facts = [$"{One} ecc 1", $"{One} ecc-pending 1", $"{Two} ecc 0", $"{Two} ecc-pending 1"];
        var text = Texts(NvmlModeCheck.JudgePair(Facts(facts), NvmlFacts.Ecc, NvmlFacts.EccPending, "ECC", new("off", "nvidia-smi -e 1")));
        Assert.Contains($"> nvidia-smi -e 1 -i {Two}; it takes effect with a reset of the card: drain it first", text, StringComparison.Ordinal);
        Assert.Contains($"> drain the node, then: forewarn release; nvidia-smi -r -i {Two}; forewarn resume", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_read_in_any_case_is_not_laid_to_the_capability()
    {
        var text = Texts(NvmlPrivilegeCheck.Judge(false, hasMig: false, hasCapabilities: false));
        Assert.Contains("the SRAM ECC status is not read", text, StringComparison.Ordinal);
        Assert.DoesNotContain("CPER", text, StringComparison.Ordinal);
        Assert.DoesNotContain("PRM", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_cards_are_counted_and_a_card_that_is_not_cut_is_named()
    {
        Assert.Equal("Ok: 7 parts on 1 cards > ", Texts(NvmlModeCheck.JudgeParts(Facts($"{One} mig 1", $"{One} parts 7", $"{Two} mig 0", $"{Two} parts 0"))));
        var empty = NvmlModeCheck.JudgeParts(Facts($"{One} mig 1", $"{One} parts 0", $"{Two} mig 1", $"{Two} parts 3")).ToList();
        Assert.Equal("Note Ok", Severities(empty));
        Assert.Contains($"nothing is cut on {One}:", Texts(empty), StringComparison.Ordinal);
        Assert.Equal("", Severities(NvmlModeCheck.JudgeParts(Facts($"{One} mig 1")))); // a driver that cannot count them
    }

    [Fact]
    public void Firmware_that_differs_among_cards_of_a_model_is_named()
    {
        string[] same = [$"{One} model H100", $"{Two} model H100", $"{One} vbios 96.00", $"{Two} vbios 96.00"];
        Assert.Equal("Ok: 2 × H100: VBIOS 96.00 > ", Texts(NvmlFirmwareCheck.Judge(Facts(same))));
        var odd = Texts(NvmlFirmwareCheck.Judge(Facts([.. same[..3], $"{Two} vbios 97.00"])));
        Assert.StartsWith($"Warning: VBIOS differs: 96.00 on 1 cards, 97.00 on {Two} >", odd, StringComparison.Ordinal);
        Assert.Equal("", Severities(NvmlFirmwareCheck.Judge(Facts($"{One} model H100", $"{Two} model T4"))));
    }

    [Fact]
    public void A_card_that_is_configured_otherwise_than_its_siblings_is_named()
    {
        string[] same = [$"{One} model H100", $"{Two} model H100", $"{One} inforom-checksum 5f0e57a1", $"{Two} inforom-checksum 5f0e57a1"];
        Assert.Equal("", Severities(NvmlFirmwareCheck.Judge(Facts(same))));
        var odd = Texts(NvmlFirmwareCheck.Judge(Facts([.. same[..3], $"{Two} inforom-checksum 5f0e57a2"])));
        Assert.StartsWith($"Warning: what is configured in the InfoROM (ECC, power) differs on {Two} from the other H100 >", odd, StringComparison.Ordinal);
        Assert.EndsWith($"-i {Two} shows it beside the others", odd, StringComparison.Ordinal);
    }

    [Fact]
    public void Cards_that_the_driver_leaves_alone_are_named()
    {
        Assert.Equal("", Severities(NvmlExclusionCheck.Judge(Facts())));
        Assert.StartsWith($"Note: the driver leaves {One}, {Two} alone (NVreg_ExcludedGpus)", Texts(NvmlExclusionCheck.Judge(Facts($"excluded {Two}", $"excluded {One}"))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_CUDA_that_the_driver_runs_is_said() =>
        Assert.Equal("Ok: the driver runs programs of CUDA 12.4 and older > ", Texts(NvmlVersionCheck.JudgeCuda(Facts("cuda 12.4"))));

    [Theory]
    [InlineData(false, "", false, "")]
    [InlineData(true, "", false, "Warning")]
    [InlineData(true, "", true, "Ok")]
    [InlineData(true, "InProgress", true, "Warning")]
    [InlineData(false, "Completed", false, "Ok")]
    public void The_fabric_manager_is_wanted_where_there_are_switches(bool hasSwitch, string states, bool isRunning, string expected) =>
        Assert.Equal(expected, Severities(NvmlFabricCheck.Judge(hasSwitch, states.Split(' ', StringSplitOptions.RemoveEmptyEntries), isRunning)));

    [Theory]
    [InlineData(true, false, false, "Ok")]
    [InlineData(false, false, false, "Note")]
    [InlineData(null, true, true, "Note")]
    [InlineData(true, true, false, "Ok Warning")]
    public void What_only_a_privileged_agent_reads_is_said(bool? privileged, bool mig, bool capabilities, string expected) =>
        Assert.Equal(expected, Severities(NvmlPrivilegeCheck.Judge(privileged, mig, capabilities)));

    private static NvmlDriverVersion? Version(string? text) => NvmlDriverVersion.TryParse(text, out var version) ? version : null;
}
