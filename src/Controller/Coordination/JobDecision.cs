using System.Collections.Immutable;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Coordination;

/// <summary>One job and the troubles of what it holds: what is best, who refuses it, and the first step of what is done.</summary>
internal sealed class JobDecision
{
    private readonly Desk _desk;
    private readonly ClusterJob _job;
    private readonly ImmutableArray<Incident> _incidents;
    private readonly CheckpointSight _checkpoints;
    private Decision _decision;
    private GuardRefusal? _spared;
    private PlaceChoice? _place;

    private JobDecision(Desk desk, ClusterJob job, ImmutableArray<Incident> incidents)
    {
        (_desk, _job, _incidents, _checkpoints) = (desk, job, incidents, desk.View.Checkpoints(job.Id));
        _decision = Choose(Stakes.Of(desk, job, incidents, _checkpoints));
        if (!IsMove) return;
        _place = Places.Choose(desk, job, [.. job.Nodes.Select(node => node.Name)], incidents.Select(incident => incident.Node).Concat(Taken(desk, job)).ToHashSet());
        if (_place.IsFeasible) return;
        _decision = Choose(_decision.Stakes with { CannotMove = $"there is nowhere to go: {string.Join("; ", _place.Explanation)}" });
        _place = null;
    }

    private bool IsMove => _decision.Chosen is Alternative.MoveNow or Alternative.MoveAtNextCheckpoint;

    public static void Make(Desk desk, ClusterJob job, ImmutableArray<Incident> incidents) => new JobDecision(desk, job, incidents).Make();

    private void Make()
    {
        var answer = GuardBook.Answer(_desk, _incidents[0], _job);
        if (answer is { Kind: OrderKind.Reject })
        {
            Tell(Verdict.Rejected, "", $"{answer.Who}: {answer.Why}");
            return;
        }

        List<GuardRefusal?> refusals = [.. _incidents.Select(Refusal)];
        if (refusals.Contains(null))
        {
            Act();
        }
        else
        {
            var refusal = refusals[0]!;
            Tell(GuardBook.IsForApproval(_desk, refusal) ? Verdict.AwaitsApproval : Verdict.Refused, refusal.Guard, refusal.Why);
        }
    }

    private GuardRefusal? Refusal(Incident incident) => GuardBook.Refusal(_desk, incident, _job, _decision.Chosen);

    // To be gone through once, and each node taken out before the next is asked about: it counts for that already.
    private IEnumerable<Incident> Passed() => _incidents.Where(incident => Refusal(incident) is null);

    // The best that no guard keeps from the job; the first that kept something better from it is told with what is done instead.
    private Decision Choose(JobStakes stakes)
    {
        var (decision, refused) = (ExpectedCost.Decide(stakes), ImmutableDictionary<Alternative, string>.Empty);
        while (GuardBook.OfJob(_desk, _incidents[0], _job, decision.Chosen) is { } refusal)
        {
            _spared ??= refusal;
            refused = refused.Add(decision.Chosen, refusal.Why);
            decision = ExpectedCost.Decide(stakes, refused);
        }

        return decision;
    }

    private void Act()
    {
        switch (_decision.Chosen)
        {
            case Alternative.Nothing:
                Tell(Verdict.Left);
                break;
            case Alternative.DrainAndLetEnd:
                Tell(Verdict.Drained);
                Deciding.Drain(_desk, Passed());
                break;
            case Alternative.CheckpointOnly:
                Tell(Verdict.Asked);
                Deciding.Drain(_desk, Passed());
                AskForCheckpoint();
                break;
            case Alternative.MoveAtNextCheckpoint:
                Tell(Verdict.AwaitsCheckpoint);
                Deciding.Drain(_desk, Passed());
                break;
            default:
                Tell(Verdict.Moving);
                Move();
                break;
        }
    }

    // What a job that has ended left is anybody's.
    private static IEnumerable<string> Taken(Desk desk, ClusterJob job) => job.Phase != JobPhase.Ended ? []
        : job.Nodes.Select(one => one.Name).Where(name => desk.Cluster.Node(name) is not { WouldTakeWork: true } node || !node.HasRoomFor(job));

    // Once for a trouble. A signal is counted before it is sent, and half-way through sent once more where nothing has come of it: the first may have been refused.
    private void AskForCheckpoint()
    {
        var incident = _incidents[0].Id;
        var within = _desk.View.Settings.Steps.CheckpointOf(_job.Contract);
        var ask = _desk.State.Asks.GetValueOrDefault((incident, _job.Id));
        var isDue = ask is { Signals: 1 } && _desk.Now >= ask.At + (within / 2) && _desk.Now < ask.Until && _checkpoints.Newest == ask.Noted;
        if (ask is not null && !isDue) return;
        var isSignalled = _job.Contract.Signal.Length > 0;
        var next = (ask ?? new(incident, _job.Id, _desk.Now, _desk.Now + within, _checkpoints.Newest)) with { Signals = !isSignalled ? 0 : ask is null ? 1 : 2 };
        _desk.Write(new JournalEntry.OfAsk(next) { At = _desk.Now }, isSignalled ? [new SchedulerAct.Signal(_job.Address, _job.Contract.Signal, _job.Contract.Target)] : []);
    }

    // The drain is the move's first deed; here stands only that it is ours.
    private void Move()
    {
        List<string> targets = [];
        foreach (var incident in Passed())
        {
            if (DrainBook.TryTake(_desk, incident, out var drain)) _desk.Write(new JournalEntry.OfDrain(drain) { At = _desk.Now });
            targets.Add(incident.Node);
        }

        var stakes = _decision.Stakes;
        var isFresh = _checkpoints.Newest is not null && stakes.SinceCheckpoint <= stakes.CheckpointCost;
        var recovery = new JobRecovery
        {
            Incident = _incidents[0].Id,
            Epoch = _desk.State.Epoch,
            Job = _job.Id,
            User = _job.User,
            Contract = _job.Contract,
            Targets = [.. targets.Distinct()],
            Destinations = _place!.Nodes,
            RestartsBefore = _job.Restarts,
            Cards = _job.Cards,
            RanSince = _job.Started,
            MayNotAsk = stakes.HasFailed || stakes.IsWorkSuspect || stakes.IsStarting || isFresh,
            Checkpoint = _checkpoints.Newest,
            StepSince = _desk.Now,
            Why = _decision.Reason,
        };
        _desk.Write(new JournalEntry.OfRecovery(recovery) { At = _desk.Now });
    }

    private void Tell(Verdict verdict) => Tell(verdict, _spared?.Guard ?? "", _spared is null ? _decision.Reason : $"{_spared.Why}; {_decision.Reason}");

    private void Tell(Verdict verdict, string guard, string why) => Deciding.Tell(_desk, new()
    {
        Incident = _incidents[0].Id,
        Job = _job.Id,
        User = _job.User,
        Nodes = [.. _incidents.Select(incident => incident.Node).Distinct()],
        Decision = _decision,
        Verdict = verdict,
        Guard = guard,
        Why = why,
        Destinations = IsMove && _place is { } place ? place.Nodes : [],
        Placement = IsMove && _place is { } chosen ? chosen.Explanation : [],
        Losing = IsMove && _place is { } taken ? taken.Losing : [],
    });
}
