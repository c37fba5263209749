using Forewarn.Controller.Decisions;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;
using Forewarn.Daemon.Exporters;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;

namespace Forewarn.Daemon.Recovery;

/// <summary>The loop's part of the controller's <c>/metrics</c>.</summary>
internal sealed class RecoveryMetrics(RecoveryHost host)
{
    // A move that is closed is none, and one that is open has not ended.
    private static readonly byte[][] Steps = Labelled(RecoveryCatalog.Moves, "step", EnumLabels.Of<RecoveryStep>()[..(int)RecoveryStep.Closed]);
    private static readonly byte[][] Outcomes = Labelled(RecoveryCatalog.Ended, "outcome", EnumLabels.Of<RecoveryOutcome>());
    private static readonly byte[][] Alternatives = Labelled(RecoveryCatalog.Decisions, "alternative", [.. EnumLabels.Of<Alternative>(), "none"]);
    private static readonly byte[][] Guards = Labelled(RecoveryCatalog.Refusals, "guard", [.. Guard.All.Select(static guard => guard.Name)]);
    private static readonly byte[] Up = RecoveryCatalog.Up.Series();
    private static readonly byte[] Incidents = RecoveryCatalog.Incidents.Series();
    private static readonly byte[] Awaiting = RecoveryCatalog.Awaiting.Series();
    private static readonly byte[] FleetTroubles = RecoveryCatalog.FleetTroubles.Series();
    private static readonly byte[] Commands = RecoveryCatalog.Commands.Series();
    private static readonly byte[] CommandsRefused = RecoveryCatalog.CommandsRefused.Series();
    private static readonly byte[] Commanding = RecoveryCatalog.Commanding.Series();
    private static readonly byte[] Own = RecoveryCatalog.Own.Series();
    private static readonly byte[] Conflicts = RecoveryCatalog.Conflicts.Series();
    private static readonly byte[] Complaints = RecoveryCatalog.Complaints.Series();

    public void Render(ref ExpositionWriter writer)
    {
        var (state, meter, topology) = (host.Runner.State, host.Meter, host.Topology);
        var moves = new long[Steps.Length];
        foreach (var move in state.Moves) moves[(int)move.Step]++;
        writer.Begin(RecoveryCatalog.Up.Header);
        writer.Sample(Up, host.Trouble.Length == 0);
        writer.Begin(RecoveryCatalog.Incidents.Header);
        writer.Sample(Incidents, (long)state.Open.Count());
        writer.Begin(RecoveryCatalog.Awaiting.Header);
        writer.Sample(Awaiting, (long)state.ApprovalsAwaited);
        writer.Begin(RecoveryCatalog.FleetTroubles.Header);
        writer.Sample(FleetTroubles, (long)state.FleetTroubles);
        writer.Begin(RecoveryCatalog.Moves.Header);
        for (var i = 0; i < moves.Length; i++) writer.Sample(Steps[i], moves[i]);
        writer.Begin(RecoveryCatalog.Ended.Header);
        for (var i = 1; i < Outcomes.Length; i++) writer.Sample(Outcomes[i], meter.Ended((RecoveryOutcome)i));
        writer.Begin(RecoveryCatalog.Decisions.Header);
        for (var i = 0; i < Alternatives.Length; i++) writer.Sample(Alternatives[i], meter.Decisions(i));
        writer.Begin(RecoveryCatalog.Refusals.Header);
        for (var i = 0; i < Guards.Length; i++) writer.Sample(Guards[i], meter.Refusals(i));
        writer.Begin(RecoveryCatalog.Commands.Header);
        writer.Sample(Commands, meter.Commands);
        writer.Begin(RecoveryCatalog.CommandsRefused.Header);
        writer.Sample(CommandsRefused, meter.CommandsRefused);
        writer.Begin(RecoveryCatalog.Commanding.Header);
        writer.Sample(Commanding, meter.Commanding.TotalSeconds);
        writer.Begin(RecoveryCatalog.Own.Header);
        writer.Sample(Own, meter.Own.TotalSeconds);
        if (topology is null) return;
        writer.Begin(RecoveryCatalog.Conflicts.Header);
        writer.Sample(Conflicts, (long)topology.Conflicts.Length);
        writer.Begin(RecoveryCatalog.Complaints.Header);
        writer.Sample(Complaints, (long)topology.Complaints.Length);
    }

    private static byte[][] Labelled(SelfFamily family, string label, string[] values) => Array.ConvertAll(values, value => family.Series(new SignalLabel(label, value)));
}
