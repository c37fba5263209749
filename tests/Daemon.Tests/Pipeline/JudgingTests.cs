using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.Daemon.Tests.Store;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.Rules;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>From what is read and what happens to what is judged, shown and told.</summary>
public sealed class JudgingTests
{
    private const string A = "0000:18:00.0";
    private static readonly Reading Failed = Reading.Of(SignalId.RowRemapFailed, 1);
    private static readonly Reading Good = Reading.Of(SignalId.RowRemapFailed, 0);

    [Fact]
    public void A_flag_that_is_read_becomes_a_finding_a_state_and_an_event_of_each()
    {
        var node = new AssessedNode();
        var card = node.Find(A, "GPU-1");
        node.Read(card, Good);
        Assert.Equal(HealthState.Healthy, card.Assessment!.State);

        node.Batches.Clear();
        node.Read(card, Failed);
        Assert.Equal(HealthState.Failing, card.Assessment!.State);
        Assert.Equal(RepairAction.ReplaceHardware, card.Assessment.Actions.Repair);
        var batch = Assert.Single(node.Batches); // together, or a restart would know half of it
        Assert.Equal([HealthEventKind.FindingRaised, HealthEventKind.StateChanged], batch.Events.Select(record => record.Event.Kind));
        var raised = batch.Events[0].Event;
        Assert.Equal(("GPU-1", "row-remap-failed", "rules", "boot-1"), (raised.Device!.Id.Value, raised.Finding!.Rule, raised.Source, raised.BootId));
        Assert.StartsWith("row-remap-failed (Failing): ", raised.Text, StringComparison.Ordinal);
        Assert.StartsWith("Healthy → Failing: ", batch.Events[1].Event.Text, StringComparison.Ordinal);
    }

    /// <summary>The file broke: what stands, what was cleared by hand and how far the log was read are in the next batch, and so in the file that took its place.</summary>
    [Fact]
    public async Task A_store_that_lost_what_it_had_gets_it_again()
    {
        using var folder = new TemporaryFolder();
        var absent = SomeEvents.Finding(); // of a card that has not shown up since the restart
        var node = new AssessedNode(new StoredState { Findings = [absent], Memories = ImmutableDictionary<string, byte[]>.Empty.Add("GPU-gone", [1, 2, 3]) });
        var (ill, cleared) = (node.Find(A, "GPU-1"), node.Find("0000:3b:00.0", "GPU-2"));
        node.Read(ill, Failed).Read(cleared, Failed);
        Assert.True(await node.DoAsync(assessor => assessor.DoAsync(judgement => judgement.Clear(cleared.Device.Id, "row-remap-failed", null, "by ann"))));
        node.Batches.Clear();
        node.Assessor.BeginAnew(new KernelCursor("boot-1", 7));
        node.Assessor.Turn();
        node.Assessor.Turn(); // once

        var pending = new PendingEvents();
        foreach (var batch in node.Batches) pending.Add(batch);
        using (var store = SqliteEventStore.Open(EventStoreFile.PathIn(folder.Path))) store.Commit([pending.ToBatch()]);
        using var reopened = SqliteEventStore.Open(EventStoreFile.PathIn(folder.Path));
        var state = reopened.Load();
        Assert.Equal(["GPU-1", "GPU-3"], state.Findings.Select(finding => finding.Device.Value).Order());
        Assert.Equal(["GPU-1", "GPU-2", "GPU-gone", "node"], state.Memories.Keys.Order());
        Assert.Equal(new KernelCursor("boot-1", 7), state.Cursor);

        var next = new AssessedNode(state);
        var again = next.Find("0000:3b:00.0", "GPU-2");
        next.Read(again, Failed);
        Assert.Equal(HealthState.Healthy, again.Assessment!.State); // it stays cleared
    }

    [Fact]
    public void What_a_slow_sample_says_is_judged_with_the_next_fast_one()
    {
        var node = new AssessedNode();
        var card = node.Find(A, "GPU-1");
        node.Read(card, Reading.Of(SignalId.Power, 300));
        node.Read(card, SampleGroup.Slow, 1, Failed);
        node.Read(card, Reading.Of(SignalId.Power, 300));
        Assert.Equal(HealthState.Failing, card.Assessment!.State);
    }

    [Fact]
    public void A_card_that_sends_nothing_is_asked_about_each_second()
    {
        var rule = new SilentRule();
        var node = new AssessedNode(rules: rule);
        node.Find(A, "GPU-1").Become(new(DevicePresence.Stalled, NoDataReason.Stalled, "hangs", node.Time.GetUtcNow()));
        node.Pass(3);
        Assert.Equal(3, rule.Asked);
        Assert.Equal(DevicePresence.Stalled, rule.Seen);
    }

    [Fact]
    public void After_an_event_its_card_and_the_node_are_asked_about_at_once_and_no_other()
    {
        var (rule, ofNode) = (new SilentRule(), new SilentRule(RuleScope.Node));
        var node = new AssessedNode(rules: [rule, ofNode]);
        var (one, other) = (node.Find(A, "GPU-1"), node.Find("0000:2a:00.0", "GPU-2"));
        node.Pass(1);
        (rule.Asked, ofNode.Asked) = (0, 0);

        node.Events.Add(Happening.Library(79, 0, one.Device));
        node.Events.Add(Happening.Library(48, 0, one.Device));
        node.Assessor.Turn();
        Assert.Equal((1, 1, "GPU-1"), (rule.Asked, ofNode.Asked, rule.Of));
        Assert.Equal(2, node.Judge.Node.Find(one.Device.Id)!.Events.Count);
        Assert.Empty(node.Judge.Node.Find(other.Device.Id)!.Events);
    }

    [Fact]
    public void What_happens_to_a_part_happens_to_its_card()
    {
        var node = new AssessedNode();
        var card = node.Find(A, "GPU-1");
        var part = node.View.Upsert(card.Device with { Id = new("MIG-1"), Partition = new(card.Device.Id, "1g.10gb", 7, 0) }, node.Source);
        node.Events.Add(Happening.Library(94, 0, part.Device));
        node.Read(part, Failed);
        Assert.NotNull(node.Judge.Node.Find(card.Device.Id)!.Tally(HealthEventKind.DriverError, 94));
        Assert.Null(part.Assessment);
    }

    [Fact]
    public void A_card_that_no_source_ever_listed_is_judged_by_what_the_log_says_and_found_again_as_itself()
    {
        var node = new AssessedNode();
        node.Find("0000:2a:00.0", "GPU-2");
        var gone = new Device { Id = DeviceId.AtPci(A), Vendor = new("nvidia"), PciAddress = A };
        node.Events.Add(Happening.Kernel(79, 0, card: gone));
        node.Assessor.Turn();
        var shown = node.View.Find(gone.Id)!;
        Assert.Equal((HealthState.Failed, DevicePresence.Unknown, "kernel"), (shown.Assessment!.State, shown.Presence.Presence, shown.Source.Name));
        Assert.Equal("off-the-bus", Assert.Single(shown.Assessment.Findings).Rule);
        Assert.Empty(node.Judge.Node.Self.Events);

        var card = node.Find(A, "GPU-1");
        node.Read(card, Good).Pass(2);
        Assert.Equal(["GPU-1", "GPU-2"], node.View.Devices.Select(device => device.Device.Id.Value).Order());
        Assert.Equal("off-the-bus", Assert.Single(card.Assessment!.Findings).Rule); // a reboot alone gets it back
    }

    [Fact]
    public void What_the_log_alone_knows_outlives_the_agent_and_is_shown_no_more_once_nothing_is_said_of_it()
    {
        var before = new AssessedNode();
        var fabric = new Device { Id = DeviceId.AtPci("0000:c1:00.0"), Vendor = new("nvidia"), PciAddress = "0000:c1:00.0", Name = "NVSwitch", Index = 3 };
        before.Events.Add(Happening.Kernel(0, 0, card: fabric) with { Kind = HealthEventKind.SwitchError, Code = 20009 });
        before.Assessor.Turn();
        var told = Assert.Single(before.View.Find(fabric.Id)!.Assessment!.Findings);
        Assert.Equal("switch-error", told.Rule);
        before.Assessor.Stop();

        var node = new AssessedNode(new StoredState { Findings = [told], Memories = before.Batches[^1].Memories }, time: before.Time);
        node.Pass(1);
        Assert.Equal(fabric, node.View.Find(fabric.Id)!.Device);
        Assert.Equal("switch-error", Assert.Single(node.View.Find(fabric.Id)!.Assessment!.Findings).Rule);
        node.Pass(3800);
        Assert.Null(node.View.Find(fabric.Id));
        Assert.Equal("FindingCleared switch-error", Assert.Single(node.Findings));
        Assert.Contains(node.Posted, happened => happened.Kind == HealthEventKind.StateChanged && happened.Text.Contains("→ Unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void What_happened_before_a_card_of_an_earlier_boot_was_found_happened_to_it()
    {
        var before = new AssessedNode();
        before.Read(before.Find(A, "GPU-1"), Reading.Of(SignalId.EccCorrected, 5));
        before.Assessor.Stop();
        var node = new AssessedNode(new StoredState { Memories = before.Batches[^1].Memories }, time: before.Time);
        node.Events.Add(Happening.Kernel(95, 0, card: new Device { Id = DeviceId.AtPci(A), Vendor = new("nvidia"), PciAddress = A }));
        node.Assessor.Turn();
        var card = node.Find(A, "GPU-1");
        node.Read(card, Good).Pass(1);
        Assert.Equal("poison-uncontained", Assert.Single(card.Assessment!.Findings).Rule);
        Assert.Equal("GPU-1", Assert.Single(node.View.Devices).Device.Id.Value);
    }

    [Fact]
    public void A_card_that_is_lost_is_told_once_and_not_missed_by_the_node_as_well()
    {
        var node = new AssessedNode();
        (node.Source.Expected, node.Source.Found) = (2, 1);
        node.Find(A, "GPU-1").Become(new(DevicePresence.Lost, NoDataReason.DeviceLost, "gone", node.Time.GetUtcNow()));
        Assert.DoesNotContain(node.Pass(120).Findings, said => said.EndsWith("device-count", StringComparison.Ordinal));
        node.Source.Expected = 3;
        Assert.Contains("FindingRaised device-count", node.Pass(120).Findings);
    }

    [Fact]
    public void A_restart_recalls_what_stood_also_of_a_card_that_comes_late()
    {
        var before = new AssessedNode();
        before.Read(before.Find(A, "GPU-1"), Failed);
        var stored = new StoredState { LastId = 9, Findings = [before.Posted.Single(happened => happened.Finding is not null).Finding!] };

        var node = new AssessedNode(stored, time: before.Time);
        node.Read(node.Find("0000:2a:00.0", "GPU-2"), Good);
        Assert.Empty(node.Findings);
        var late = node.Find(A, "GPU-1");
        node.Assessor.Turn();
        node.Pass(1);
        Assert.Equal(HealthState.Failing, late.Assessment!.State); // before anything of it was read
        node.Read(late, Failed);
        Assert.Empty(node.Findings); // it was told before
        Assert.All(node.Batches.SelectMany(batch => batch.Events), record => Assert.True(record.Id > 9));
    }

    [Fact]
    public void What_the_judge_remembers_is_kept_every_five_minutes_and_at_the_end_when_it_changed()
    {
        var node = new AssessedNode();
        var card = node.Find(A, "GPU-1");
        node.Read(card, Reading.Of(SignalId.EccCorrected, 5));
        node.Read(card, Reading.Of(SignalId.EccCorrected, 1)); // its counters begin anew
        node.Pass(299);
        Assert.All(node.Batches, batch => Assert.Empty(batch.Memories));
        node.Pass(2);
        var memories = node.Batches[^1].Memories;
        Assert.Contains("GPU-1", memories.Keys);
        node.Assessor.Stop();

        var again = new AssessedNode(new StoredState { Memories = memories }, time: node.Time);
        again.Read(again.Find(A, "GPU-1"), Good);
        Assert.Equal(node.Judge.Node.Find(card.Device.Id)!.CountersBegan, again.Judge.Node.Find(card.Device.Id)!.CountersBegan);
    }

    [Fact]
    public void A_card_that_was_taken_out_takes_what_was_said_of_it_with_it()
    {
        var before = new AssessedNode();
        var old = before.Find(A, "GPU-1");
        before.Read(old, Failed);
        var stored = new StoredState { Findings = [before.Posted.Single(happened => happened.Finding is not null).Finding!] };

        var node = new AssessedNode(stored, time: before.Time);
        node.Events.Add(Happening.Library(0, 0, old.Device) with { Kind = HealthEventKind.DeviceReplaced, Text = "GPU-9 is there now" });
        node.Assessor.Turn();
        var cleared = Assert.Single(node.Posted, happened => happened.Kind == HealthEventKind.FindingCleared);
        Assert.Equal(("GPU-1", "row-remap-failed cleared: GPU-9 is there now"), (cleared.Finding!.Device.Value, cleared.Text));
    }

    [Fact]
    public async Task An_operator_clears_a_finding_and_the_event_says_who_and_why()
    {
        var node = new AssessedNode();
        var card = node.Find(A, "GPU-1");
        node.Read(card, Failed);
        node.Read(card, Good);
        node.Batches.Clear();
        Assert.False(await node.DoAsync(assessor => assessor.DoAsync(judged => judged.Clear(card.Device.Id, "other-rule", null, "x"))));
        Assert.True(await node.DoAsync(assessor => assessor.DoAsync(judged => judged.Clear(card.Device.Id, "row-remap-failed", null, "by uid 0 (root): new card"))));
        Assert.Equal(HealthState.Healthy, card.Assessment!.State);
        Assert.Equal("row-remap-failed cleared: by uid 0 (root): new card", Assert.Single(node.Posted, happened => happened.Finding is not null).Text);
    }

    [Fact]
    public async Task Maintenance_is_told_shown_with_every_card_and_ends_by_itself()
    {
        var node = new AssessedNode();
        var card = node.Find(A, "GPU-1");
        node.Read(card, Good);
        var until = node.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        await node.DoAsync(assessor => assessor.MaintainAsync(new Maintenance("uid 0 (root)", "new fans", node.Time.GetUtcNow(), until), ""));
        Assert.True(card.Assessment!.InMaintenance);
        Assert.True(node.View.Assessment!.InMaintenance);

        node.Pass(60);
        Assert.Null(node.View.Maintenance);
        Assert.False(card.Assessment!.InMaintenance);
        Assert.Equal(
            [$"maintenance on until {until:yyyy-MM-dd'T'HH:mm:ss'Z'} by uid 0 (root): new fans", "maintenance off: its time is over"],
            node.Posted.Where(happened => happened.Kind == HealthEventKind.MaintenanceChanged).Select(happened => happened.Text));
    }

    [Fact]
    public void Maintenance_of_an_earlier_run_goes_on_without_being_told_again_and_anybody_may_set_it()
    {
        var time = new ManualTimeProvider();
        var node = new AssessedNode(maintenance: new Maintenance("uid 0 (root)", "", time.GetUtcNow(), null), time: time);
        var card = node.Find(A, "GPU-1");
        node.Pass(2);
        Assert.True(card.Assessment!.InMaintenance);
        Assert.DoesNotContain(node.Posted, happened => happened.Kind == HealthEventKind.MaintenanceChanged);

        node.View.Maintenance = null;
        node.Pass(1);
        Assert.False(card.Assessment!.InMaintenance);
        Assert.Equal("maintenance off: ended", Assert.Single(node.Posted, happened => happened.Kind == HealthEventKind.MaintenanceChanged).Text);
    }

    [Fact]
    public async Task Maintenance_that_somebody_else_changed_meanwhile_is_left_alone()
    {
        var node = new AssessedNode();
        var (slurm, ann) = (new Maintenance("Slurm", "fans", node.Time.GetUtcNow(), null), new Maintenance("ann", "", node.Time.GetUtcNow(), null));
        Assert.True(await node.DoAsync(assessor => assessor.TryMaintainAsync(null, slurm, "")));
        Assert.False(await node.DoAsync(assessor => assessor.TryMaintainAsync(null, ann, "")));
        Assert.True(await node.DoAsync(assessor => assessor.TryMaintainAsync(slurm, null, "Slurm: fans is over")));
        Assert.Null(node.View.Maintenance);
        Assert.Equal(
            ["maintenance on by Slurm: fans", "maintenance off: Slurm: fans is over"],
            node.Posted.Where(happened => happened.Kind == HealthEventKind.MaintenanceChanged).Select(happened => happened.Text));
    }

    [Fact]
    public async Task A_rule_that_is_only_observed_changes_no_state()
    {
        var node = new AssessedNode();
        var sheet = node.Judge.Rules.Single(rule => rule.Sheet.Name == "row-remap-failed").Sheet;
        await node.DoAsync(async assessor =>
        {
            await assessor.DoAsync(judged => judged.Configure(new Dictionary<string, RuleSettings> { [sheet.Name] = new(RuleMode.Observe, []) }, CatalogOverrides.None));
            return true;
        });
        var card = node.Find(A, "GPU-1");
        node.Read(card, Failed);
        Assert.Equal(HealthState.Healthy, card.Assessment!.State);
        Assert.True(Assert.Single(card.Assessment.Findings).IsObserved);
    }

    [Fact]
    public void A_driver_that_was_loaded_is_known_to_the_rules()
    {
        var node = new AssessedNode();
        node.Source.DriverLoaded = node.Time.GetUtcNow();
        (node.Source.Expected, node.Source.Found) = (8, 7);
        node.Pass(1);
        Assert.Equal(node.Source.DriverLoaded, node.Judge.Node.DriverLoaded);
        Assert.Equal(("nvml", 8, 7, false), (node.Judge.Node.Sources[0].Source, node.Judge.Node.Sources[0].Expected, node.Judge.Node.Sources[0].Found, node.Judge.Node.Sources[0].IsUp));
    }

    private sealed class SilentRule(RuleScope scope = RuleScope.Device) : IHealthRule
    {
        public int Asked { get; set; }

        public string Of { get; private set; } = "";

        public DevicePresence Seen { get; private set; }

        public RuleSheet Sheet { get; } = new()
        {
            Name = $"silent-{scope}",
            Title = "Silent",
            Doc = "Says nothing.",
            Scope = scope,
            Severity = Severity.Info,
            Actions = default,
            ClearedBy = "",
            Probability = default,
            ProbabilityOrigin = "",
        };

        public void Evaluate(in Subject subject, Verdicts verdicts)
        {
            Asked++;
            (Of, Seen) = (subject.Device.Device.Id.Value, subject.Device.Presence);
        }

        public Wording Word(in Subject subject, in Verdict verdict) => default;
    }
}
