using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Tests.Catalogs;

public class SxidCatalogTests
{
    [Theory]
    [InlineData(10003, "HOST", "UNHANDLED_INTERRUPT", "", SxidClass.AlwaysFatal, Severity.Failed, RepairAction.RebootNode)]
    [InlineData(10004, "HOST", "THERMAL_EVENT_START", "", SxidClass.Unclassed, Severity.Degraded, RepairAction.InspectHardware)]
    [InlineData(10006, "HOST", "THERMAL_SHUTDOWN", "", SxidClass.Unclassed, Severity.Failed, RepairAction.InspectHardware)]
    [InlineData(11001, "NPORT_INGRESS", "CMDDECODEERR", "C", SxidClass.FatalForPort, Severity.Failed, RepairAction.ResetDevice)]
    [InlineData(11004, "NPORT_INGRESS", "ACLFAIL", "N", SxidClass.NonFatal, Severity.Watch, RepairAction.None)]
    [InlineData(11017, "NPORT_INGRESS", "REMAPTAB_ECC_DBE_ERR", "C", SxidClass.Unclassed, Severity.Degraded, RepairAction.InspectFabric)]
    [InlineData(12014, "NPORT_EGRESS", "DROPNPURRSPERR", "CN", SxidClass.Unclassed, Severity.Watch, RepairAction.None)]
    [InlineData(12020, "NPORT_EGRESS", "SEQIDERR", "C", SxidClass.AlwaysFatal, Severity.Failed, RepairAction.RebootNode)]
    [InlineData(15008, "NPORT_ROUTE", "", "", SxidClass.NonFatal, Severity.Watch, RepairAction.None)]
    [InlineData(19049, "NVLTLC", "TX_SYS_NCISOC_ECC_LIMIT_ERR", "FN", SxidClass.NonFatal, Severity.Watch, RepairAction.None)]
    [InlineData(19084, "NVLTLC", "RX_LNK_AN1_HEARTBEAT_TIMEOUT_ERR", "N", SxidClass.NonFatal, Severity.Watch, RepairAction.None)]
    [InlineData(20034, "DLPL", "LTSSM_FAULT_UP", "F", SxidClass.FatalForPort, Severity.Failed, RepairAction.ResetDevice)]
    [InlineData(20036, "DLPL", "PHY_A", "F", SxidClass.Unclassed, Severity.Failed, RepairAction.ResetDevice)]
    [InlineData(22003, "MINION", "HALT", "F", SxidClass.AlwaysFatal, Severity.Failed, RepairAction.RebootNode)]
    [InlineData(23017, "NXBAR", "TILEOUT_EGRESS_CDT_PARITY_ERROR", "F", SxidClass.AlwaysFatal, Severity.Failed, RepairAction.RebootNode)]
    [InlineData(24007, "NPORT_SOURCETRACK", "SOURCETRACK_TIME_OUT_ERR", "C", SxidClass.FatalForPort, Severity.Failed, RepairAction.ResetDevice)]
    [InlineData(26006, "SOE", "HALT", "", SxidClass.Unclassed, Severity.Failed, RepairAction.RebootNode)]
    [InlineData(28003, "OSFP_THERM", "OVERT_ACTIVATED", "", SxidClass.Unclassed, Severity.Degraded, RepairAction.InspectHardware)]
    [InlineData(30006, "NPORT_REDUCTIONTSTATE", "CRUMBSTORE_RTO_ERR", "N", SxidClass.Unclassed, Severity.Watch, RepairAction.None)]
    public void A_row_says_what_driver_and_guide_say(int code, string block, string name, string printed, SxidClass kind, Severity severity, RepairAction repair)
    {
        var row = SxidCatalog.Find(code)!;
        Assert.Equal((block, name, printed, kind), (row.Block, row.Name, row.Printed, row.Class));
        Assert.Equal((severity, repair), (row.Remedy.Severity, row.Remedy.Actions.Repair));
    }

    [Fact]
    public void It_has_every_code_of_driver_and_guide_once()
    {
        Assert.Equal(262, SxidCatalog.All.Length);
        Assert.Equal(SxidCatalog.All.Select(row => row.Code).Order().Distinct(), SxidCatalog.All.Select(row => row.Code));
        (int Block, int Rows)[] rows =
        [
            (10, 10), (11, 40), (12, 35), (14, 8), (15, 15), (18, 3), (19, 61), (20, 17), (22, 5), (23, 17), (24, 10), (25, 9), (26, 8), (27, 7), (28, 5), (29, 6), (30, 6),
        ];
        Assert.Equal(rows, SxidCatalog.All.GroupBy(sxid => sxid.Code / 1000).Select(block => (block.Key, block.Count())));
        Assert.Equal(41, SxidCatalog.All.Count(row => row.Class == SxidClass.FatalForPort));
        Assert.Equal(26, SxidCatalog.All.Count(row => row.Class == SxidClass.NonFatal));
        Assert.Equal(21, SxidCatalog.All.Count(row => row.Class == SxidClass.AlwaysFatal));
    }

    [Theory]
    [InlineData(10001, SxidCatalog.Driver)]
    [InlineData(15008, SxidCatalog.Guide)]
    [InlineData(11001, SxidCatalog.DriverAndGuide)]
    [InlineData(10003, SxidCatalog.DriverAndGuide)]
    public void A_row_names_who_has_it(int code, string source) => Assert.Equal(source, SxidCatalog.Find(code)!.Source);

    [Fact]
    public void What_only_the_guide_has_is_classed_by_it()
        => Assert.Equal([15008, 24002, 24005], SxidCatalog.All.Where(row => row.Name.Length == 0 && row.Class != SxidClass.Unclassed && row.Source == SxidCatalog.Guide).Select(row => row.Code));

    [Theory]
    [InlineData(19049, PrintedSeverity.Fatal, Severity.Failed)]
    [InlineData(20034, PrintedSeverity.NonFatal, Severity.Watch)]
    [InlineData(12020, PrintedSeverity.Corrected, Severity.Info)]
    [InlineData(12020, PrintedSeverity.None, Severity.Failed)]
    [InlineData(99999, PrintedSeverity.Fatal, Severity.Failed)]
    [InlineData(99999, PrintedSeverity.None, Severity.Watch)]
    public void The_printed_word_outranks_the_table(int code, PrintedSeverity printed, Severity severity)
        => Assert.Equal(severity, SxidCatalog.Judge(code, printed).Severity);

    [Fact]
    public void What_is_fatal_for_the_fabric_stays_so_when_the_word_says_fatal()
        => Assert.Equal(RepairAction.RebootNode, SxidCatalog.Judge(12020, PrintedSeverity.Fatal).Actions.Repair);
}
