using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Recovery.Views;
using Forewarn.Model;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Recovery;

/// <summary>What can be asked of nodes, jobs, plans and the controller itself, without changing anything.</summary>
/// <param name="keeper">The fleet.</param>
/// <param name="host">The loop that acts; null where nobody's work is looked after.</param>
/// <param name="version">The controller's version.</param>
/// <param name="storeTrouble">Why the fleet's store refuses; null while it does not.</param>
internal sealed class LookEndpoints(FleetKeeper keeper, RecoveryHost? host, string version, Func<string?> storeTrouble)
{
    private const string Manual = "docs/fleet.md describes what it takes";

    // Own figure: what a person reads of one node; all of it is in the agent's own store.
    private const int MostTransitions = 50;

    public IReadOnlyList<Route> Routes =>
    [
        new("/v1/status", HttpMethods.Get, Audience.ThisMachine, StatusAsync),
        new("/v1/nodes", HttpMethods.Get, Audience.ThisMachine, NodesAsync),
        new("/v1/nodes/{node}", HttpMethods.Get, Audience.ThisMachine, NodeAsync),
        .. host is null ? [] : WorkRoutes(host),
    ];

    private List<Route> WorkRoutes(RecoveryHost work) =>
    [
        new("/v1/jobs", HttpMethods.Get, Audience.ThisMachine, JobsAsync),
        new("/v1/jobs/{id}", HttpMethods.Get, Audience.ThisMachine, context => JobAsync(context, work)),
        new("/v1/advice", HttpMethods.Get, Audience.ThisMachine, context => AdviceAsync(context, work, null)),
        new("/v1/advice/{id}", HttpMethods.Get, Audience.ThisMachine, context => AdviceAsync(context, work, Last(context))),
        new("/v1/plans", HttpMethods.Get, Audience.ThisMachine, PlansAsync),
        new("/v1/plans/{id}", HttpMethods.Get, Audience.ThisMachine, context => PlanAsync(context, work)),
    ];

    private Task StatusAsync(HttpContext context)
        => Answers.JsonAsync(context, StatusAnswers.Of(Sight(), host, version, storeTrouble()), RecoveryApiJson.Plain.StatusAnswer);

    private Task NodesAsync(HttpContext context) => PageQuestion<HealthState>.Read(context.Request.Query, out var why) is { } question
        ? Answers.JsonAsync(context, NodeAnswers.List(Sight(), question), RecoveryApiJson.Plain.NodeList)
        : Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, why, Manual);

    private async Task NodeAsync(HttpContext context)
    {
        var name = Last(context);
        var sight = Sight();
        var transitions = sight.Fleet.Node(name) is null ? [] : await keeper.NewestAsync(name, MostTransitions);
        if (NodeAnswers.One(sight, name, transitions) is { } answer)
            await Answers.JsonAsync(context, answer, RecoveryApiJson.Plain.NodeAnswer);
        else
            await Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"no agent of a node \"{name}\" was ever heard{(host is null ? "" : $", and {host.Scheduler} tells of none")}", "GET /v1/nodes lists the nodes");
    }

    private Task JobsAsync(HttpContext context) => PageQuestion<JobPhase>.Read(context.Request.Query, out var why) is { } question
        ? Answers.JsonAsync(context, JobAnswers.List(Sight(), question), RecoveryApiJson.Plain.JobList)
        : Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, why, Manual);

    private Task JobAsync(HttpContext context, RecoveryHost work)
    {
        var id = Last(context);
        return JobAnswers.One(Sight(), id, work.Runner.Checkpoints) is { } answer
            ? Answers.JsonAsync(context, answer, RecoveryApiJson.Plain.JobAnswer)
            : Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"{work.Scheduler} knows no job \"{id}\", and nothing was decided for one within a week", "GET /v1/jobs lists the jobs");
    }

    private Task AdviceAsync(HttpContext context, RecoveryHost work, string? id)
        => AdviceAnswers.Of(Sight(), id, work.Settings.Times, work.Runner.Checkpoints) is { } answer
            ? Answers.JsonAsync(context, answer, RecoveryApiJson.Plain.AdviceAnswer)
            : Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"{work.Scheduler} knows no job \"{id}\"", "GET /v1/jobs lists the jobs");

    private Task PlansAsync(HttpContext context) => PageQuestion<PlanState>.Read(context.Request.Query, out var why) is { } question
        ? Answers.JsonAsync(context, PlanAnswers.List(Sight(), question), RecoveryApiJson.Plain.PlanList)
        : Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, why, Manual);

    private Task PlanAsync(HttpContext context, RecoveryHost work)
    {
        var (sight, id) = (Sight(), Last(context));
        if (MovePlan.Find(sight.Work, id) is not { } plan)
            return Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"there is no plan \"{id}\", or it is over for more than a week", "GET /v1/plans lists them");
        try
        {
            return Answers.JsonAsync(context, PlanAnswers.One(sight, plan, work.Runner.Lines(plan.Incident)), RecoveryApiJson.Plain.PlanAnswer);
        }
        catch (JournalException refused)
        {
            return Answers.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, refused.Message, "the controller's log says since when");
        }
    }

    private WholeSight Sight() => WholeSight.Of(keeper, host);

    private static string Last(HttpContext context) => context.Request.Path.Value!.Split('/')[^1];
}
