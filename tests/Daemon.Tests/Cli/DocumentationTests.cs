using System.Text.Json;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Fleet.Views;
using Forewarn.Daemon.Recovery.Views;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

public class DocumentationTests
{
    private static readonly string Api = File.ReadAllText(Path.Combine(Repository.Root, "docs/api.md"));
    private static readonly string Cli = File.ReadAllText(Path.Combine(Repository.Root, "docs/cli.md"));

    [Theory]
    [InlineData("docs/api.md", typeof(NodeReport), typeof(DeviceCounts), typeof(QueueReport), typeof(ProcessReport), typeof(ExporterReport), typeof(DroppedPointsReport))]
    [InlineData("docs/api.md", typeof(SourceReport), typeof(CallGroupReport), typeof(OperationReport), typeof(Problem), typeof(DriverErrorReport))]
    [InlineData("docs/api.md", typeof(DeviceList), typeof(SingleDevice), typeof(DeviceReport), typeof(SignalReport))]
    [InlineData("docs/api.md", typeof(AssessmentReport), typeof(ProbabilityReport), typeof(FindingReport), typeof(EvidenceReport), typeof(MaintenanceReport), typeof(StateCounts))]
    [InlineData("docs/api.md", typeof(ClearRequest), typeof(MaintenanceRequest))]
    [InlineData("docs/api.md", typeof(EfficiencyReport), typeof(DeviceEfficiency), typeof(JobEfficiency), typeof(UsageReport))]
    [InlineData("docs/api.md", typeof(EventList), typeof(EventReport), typeof(EventStoreReport))]
    [InlineData("docs/cli.md", typeof(ConfigCheckReport), typeof(ConfigErrorReport), typeof(ConfigShowReport), typeof(SettingReport))]
    [InlineData("docs/cli.md", typeof(DoctorReport), typeof(CheckReport))]
    [InlineData("docs/cli.md", typeof(ExplainReport), typeof(ExplainedRule), typeof(AdviceReport), typeof(NodeCheckReport), typeof(ReportWritten))]
    [InlineData("docs/cli.md", typeof(SimulationNames), typeof(SimulationName), typeof(ScenarioCheck))]
    [InlineData("docs/cli.md", typeof(CheckpointSearchReport), typeof(CheckpointReport), typeof(CheckpointDefectReport), typeof(CheckedFile), typeof(SkippedName))]
    [InlineData("docs/cli.md", typeof(CheckpointAdviceReport), typeof(IntervalReport), typeof(FleetAdviceReport))]
    [InlineData("docs/fleet.md", typeof(FleetAnswer), typeof(FleetNodeSummary), typeof(FleetNodeAnswer), typeof(FleetDeviceReport), typeof(FleetTransitionReport), typeof(FleetToken))]
    [InlineData("docs/fleet.md", typeof(NodeList), typeof(NodeLine), typeof(SchedulerNodeReport), typeof(DrainReport), typeof(NodeAnswer), typeof(StatusAnswer), typeof(WorkStatus), typeof(PartitionReport))]
    [InlineData("docs/fleet.md", typeof(FleetEventList), typeof(FleetEventReport), typeof(StreamNotice))]
    [InlineData("docs/moving-work.md", typeof(JobList), typeof(JobLine), typeof(JobNodeReport), typeof(JobAnswer), typeof(JobDecisionReport), typeof(ContractReport))]
    [InlineData("docs/moving-work.md", typeof(AdviceAnswer), typeof(JobFigures))]
    [InlineData("docs/moving-work.md", typeof(PlanList), typeof(PlanLine), typeof(PlanAnswer), typeof(LosingPlacementReport), typeof(PlanOrderReport), typeof(Forewarn.Daemon.Recovery.AuditLine))]
    [InlineData("docs/moving-work.md", typeof(IncidentList), typeof(KeptNodeReport), typeof(IncidentSummary), typeof(IncidentAnswer), typeof(DecisionReport), typeof(AlternativeReport))]
    [InlineData("docs/moving-work.md", typeof(MoveReport), typeof(ResumeReport), typeof(MilestoneReport), typeof(AnswerRequest), typeof(KeepRequest))]
    [InlineData("docs/topology.md", typeof(TopologyAnswer), typeof(TopologyNodeReport), typeof(TopologyGroupReport), typeof(TopologyConflictReport))]
    public void Every_field_is_documented(string page, params Type[] shapes)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, page));
        var fields = shapes
            .SelectMany(shape => shape.GetProperties())
            .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        Assert.All(fields.Distinct(), field => Assert.Matches($@"`{field}(\[\])?`", text));
    }

    [Fact]
    public void Every_reason_is_documented() => Assert.All(
        Enum.GetNames<Model.NoDataReason>().Where(name => name != "None"),
        name => Assert.Contains($"`{name}`", Api, StringComparison.Ordinal));

    [Fact]
    public void Every_kind_of_event_is_documented() => Assert.All(
        Enum.GetNames<Model.HealthEventKind>(), name => Assert.Contains($"`{name}`", Api, StringComparison.Ordinal));

    [Fact]
    public void Every_command_and_option_is_documented()
    {
        var root = RootCommandFactory.Create(new()
        {
            RunAgent = (_, _) => Task.FromResult(0),
            RunController = (_, _) => Task.FromResult(0),
            RunDoctor = (_, _) => Task.FromResult(0),
            Program = "forewarn",
            Settings = new SettingCatalog([]),
            Terminal = new(TextWriter.Null, TextWriter.Null),
        });
        var all = Below(root).ToList();
        Assert.Contains(all, command => command.Name == "inject");
        var names = all.SelectMany(command => command.Options.Select(option => option.Name).Append(command.Name));
        Assert.All(names.Distinct(), name => Assert.Contains(name, Cli, StringComparison.Ordinal));
    }

    private static IEnumerable<System.CommandLine.Command> Below(System.CommandLine.Command command) =>
        command.Subcommands.SelectMany(child => Below(child).Prepend(child));
}
