using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Daemon.Api;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>Turns what is known of jobs into answers.</summary>
internal static class JobAnswers
{
    // 9 before 10: numbers of a scheduler are not all equally long.
    private static readonly Comparer<string> ByNumber = Comparer<string>.Create(static (one, other)
        => one.Length == other.Length ? string.CompareOrdinal(one, other) : one.Length.CompareTo(other.Length));

    public static JobList List(WholeSight sight, PageQuestion<JobPhase> question)
    {
        var asked = (sight.Cluster?.Jobs.Values ?? []).Where(job => (question.Partition is null || job.Partition == question.Partition)
            && (question.States is null || question.States.Contains(job.Phase))).OrderBy(static job => job.Id, ByNumber).ToList();
        var rest = question.After is { } after ? asked.Where(job => ByNumber.Compare(job.Id, after) > 0).ToList() : asked;
        var incidents = Incidents(sight.Work);
        return new()
        {
            Simulated = sight.IsSimulated,
            Time = sight.Now,
            Read = sight.Cluster?.At,
            Total = asked.Count,
            Next = rest.Count > question.Limit ? rest[question.Limit - 1].Id : null,
            Jobs = rest.Take(question.Limit).Select(job => Line(sight.Work, job, incidents)),
        };
    }

    /// <summary>Null when neither the scheduler nor the journal knows it.</summary>
    public static JobAnswer? One(WholeSight sight, string id, Func<string, Controller.Recovery.CheckpointSight> checkpoints)
    {
        var (job, move) = (sight.Cluster?.Job(id), sight.Work.Recoveries.GetValueOrDefault(id));
        var decisions = sight.Work.Decisions.Values.Where(decision => decision.Job == id).OrderByDescending(static decision => decision.Incident).ToList();
        if (job is null && move is null && decisions.Count == 0) return null;
        var line = job is null ? null : Line(sight.Work, job, Incidents(sight.Work));
        var asked = sight.Work.Asks.Values.Where(ask => ask.Job == id && ask.Until > sight.Now).Select(static ask => (DateTimeOffset?)ask.Until).Max();
        return new()
        {
            Id = id,
            Address = line?.Address,
            Name = line?.Name,
            User = line?.User ?? move?.User ?? decisions.FirstOrDefault()?.User,
            Partition = line?.Partition,
            Kind = line?.Kind,
            Phase = line?.Phase,
            NodeCount = line?.NodeCount ?? 0,
            Cards = line?.Cards ?? 0,
            Started = line?.Started,
            Ends = line?.Ends,
            Restarts = line?.Restarts ?? 0,
            Moving = sight.Work.MoveOf(id)?.Step,
            Incidents = [.. Incidents(sight.Work)[id]],
            Simulated = sight.IsSimulated,
            Time = sight.Now,
            Nodes = [.. (job?.Nodes ?? []).Select(static node => new JobNodeReport(node.Name, node.Cards, node.HoldsAll))],
            CanRequeue = job?.CanRequeue,
            Contract = (job?.Contract ?? move?.Contract) is { IsDeclared: true } contract ? Of(contract) : null,
            Checkpoint = IncidentAnswers.Of(checkpoints(id).Newest ?? move?.Checkpoint),
            Decisions = [.. decisions.Select(decision => new JobDecisionReport(decision.Incident, sight.Work.Incidents.GetValueOrDefault(decision.Incident) is { IsOpen: true }, IncidentAnswers.Of(decision)))],
            Move = move is null ? null : IncidentAnswers.Of(move),
            Restarted = [.. sight.Work.Restarts.Where(restart => restart.Job == id).Select(static restart => restart.At)],
            AskedUntil = asked,
        };
    }

    private static ILookup<string, long> Incidents(ControllerState work)
        => work.Decisions.Values.Where(decision => decision.Job.Length > 0 && work.Incidents.GetValueOrDefault(decision.Incident) is { IsOpen: true })
            .OrderBy(static decision => decision.Incident).ToLookup(static decision => decision.Job, static decision => decision.Incident);

    private static JobLine Line(ControllerState work, ClusterJob job, ILookup<string, long> incidents) => new()
    {
        Id = job.Id,
        Address = job.Address == job.Id ? null : job.Address,
        Name = Told(job.Name),
        User = Told(job.User),
        Partition = Told(job.Partition),
        Kind = job.Kind,
        Phase = job.Phase,
        NodeCount = job.Nodes.Length,
        Cards = job.Cards,
        Started = job.Started,
        Ends = job.Ends,
        Restarts = job.Restarts,
        Moving = work.MoveOf(job.Id)?.Step,
        Incidents = [.. incidents[job.Id]],
    };

    private static ContractReport Of(JobContract contract) => new()
    {
        Site = Told(contract.Site),
        Off = contract.IsOff,
        Directory = Told(contract.Directory),
        Format = Told(contract.Format),
        Ranks = contract.Ranks,
        Signal = Told(contract.Signal),
        SignalTo = contract.Signal.Length > 0 ? contract.Target : null,
        AnswersRequests = contract.AnswersRequests,
        OnRequest = contract.AnswersRequests ? contract.OnRequest : null,
        PauseSeconds = contract.OnRequest == OnRequest.Pause ? contract.Pause.TotalSeconds : null,
        OnFailure = contract.OnFailure,
        IntervalSeconds = contract.Interval?.TotalSeconds,
        CheckpointSeconds = contract.CheckpointCost?.TotalSeconds,
        LoadSeconds = contract.LoadCost?.TotalSeconds,
        RestartsPerDay = contract.Restarts,
    };

    private static string? Told(string text) => text.Length == 0 ? null : text;
}
